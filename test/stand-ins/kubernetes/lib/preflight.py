"""kubeadm's checks before it changes anything, and its way to fail."""
import os
import shutil
import socket
import subprocess
import sys


class Fatal(Exception):
    """Ends kubeadm with a message and an exit code: 2 for preflight, 3 for arguments, 1 otherwise."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


def check(control_plane, joining):
    errors = []
    if os.geteuid() != 0:
        errors.append('[ERROR IsPrivilegedUser]: user is not running as root')
    if not os.path.exists('/run/containerd/containerd.sock'):
        errors.append('[ERROR CRI]: container runtime is not running: output: validate service connection: CRI v1 runtime API '
                      'is not implemented for endpoint "unix:///var/run/containerd/containerd.sock"')
    for program in ('kubelet', 'openssl', 'ip'):
        if not shutil.which(program):
            errors.append('[ERROR FileExisting-%s]: %s not found in system path' % (program, program))
    with open('/proc/sys/net/ipv4/ip_forward') as file:
        if file.read().strip() != '1':
            errors.append('[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: '
                          '/proc/sys/net/ipv4/ip_forward contents are not set to 1')
    for path in files(joining):
        if os.path.exists(path):
            errors.append('[ERROR FileAvailable-%s]: %s already exists' % (path.replace('/', '-'), path))
    errors += ['[ERROR Port-%d]: Port %d is in use' % (port, port) for port in ports(control_plane) if in_use(port)]
    if not enabled('kubelet'):
        warn("[WARNING Service-Kubelet]: kubelet service is not enabled, please run 'systemctl enable kubelet.service'")
    if errors:
        raise preflight_error('[preflight] Some fatal errors occurred:\n\t%s\n[preflight] If you know what you are doing, '
                              'you can make a check non-fatal with `--ignore-preflight-errors=...`' % '\n\t'.join(errors))


def preflight_error(message):
    return Fatal('error execution phase preflight: ' + message, 2)


def warn(line):
    print('\t' + line, file=sys.stderr)


def files(joining):
    manifests = ['/etc/kubernetes/manifests/%s.yaml' % name for name in
                 ('kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd')]
    return ['/etc/kubernetes/kubelet.conf', '/etc/kubernetes/pki/ca.crt'] if joining else manifests


def ports(control_plane):
    return [6443, 10250] if control_plane else [10250]


def in_use(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('0.0.0.0', port))
        except OSError:
            return True
    return False


def enabled(unit):
    return subprocess.run(['systemctl', 'is-enabled', '--quiet', unit]).returncode == 0
