"""`k3s check-config`: what the host must have. The result is 1 where something needed is missing."""
import os
import sys

from cluster.files import read

GROUPS = ('cpuset', 'cpu', 'memory', 'pids')
NEEDED = ('br_netfilter', 'overlay')


def main(_arguments):
    print('\nVerifying binaries in /var/lib/rancher/k3s/data/current/bin:\n- sha256sum: good')
    print('\nSystem:\n- /sbin iptables: should be older than v1.8.0, newer than v1.8.3, or in legacy mode'
          if not os.path.exists('/usr/sbin/iptables') else '\nSystem:\n- /usr/sbin iptables v1.8.9 (nf_tables): ok')
    swaps = len(read('/proc/swaps').splitlines()) - 1
    print('- swap: %s' % ('should be disabled' if swaps > 0 else 'disabled'))
    print('\nGenerally Necessary:\n- cgroup hierarchy: cgroups V2 mounted, cpu|cpuset|memory controllers status: %s' % _controllers())
    missing = [name for name in NEEDED if not os.path.isdir('/sys/module/' + name)]
    for name in NEEDED:
        print('- CONFIG_%s: %s' % (name.upper(), 'missing' if name in missing else 'enabled (as module)'))
    print('\nSTATUS: %s' % ('%d (fail)' % len(missing) if missing else 'pass'))
    if missing:
        sys.stdout.flush()
        os._exit(1)


def _controllers():
    path = '/sys/fs/cgroup/cgroup.controllers'
    held = read(path).split() if os.path.exists(path) else []
    return 'good' if all(name in held for name in GROUPS) else 'bad'
