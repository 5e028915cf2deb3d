"""What tests ask this program to do wrong; nothing of it happens where /etc/stand-in has no such file.

kubeadm-faults: lines `die|fail before|after PHASE`; each works once. `die` is a SIGKILL, as a crash or a lost host.
fail-next-join: a number; that many joins fail half-way, in the phase kubelet-start.
patience: a factor for all of kubeadm's waits, such as 0.05 for a token that will never be signed."""

import os
import signal

from cluster import paths

from .failure import Fatal

FAULTS, FAIL_NEXT, PATIENCE = (paths.HOOKS + '/' + name for name in ('kubeadm-faults', 'fail-next-join', 'patience'))


def at(moment, phase):
    """Called `before` and `after` each phase."""
    line = next((each for each in _lines(FAULTS) if each.split()[1:] == [moment, phase]), None)
    if not line:
        return
    _keep(FAULTS, [each for each in _lines(FAULTS) if each != line])
    if line.startswith('die'):
        os.kill(os.getpid(), signal.SIGKILL)
    raise Fatal('made to fail %s %s' % (moment, phase))


def fail_join():
    left = int((_lines(FAIL_NEXT) or ['0'])[0])
    if left > 0:
        _keep(FAIL_NEXT, [str(left - 1)])
        raise Fatal('timed out waiting for the condition')


def patience(seconds):
    """How long kubeadm waits here where the real one does for so many seconds."""
    return seconds * float((_lines(PATIENCE) or ['1'])[0])


def _lines(path):
    try:
        with open(path) as file:
            return [line.strip() for line in file if line.strip()]
    except FileNotFoundError:
        return []


def _keep(path, lines):
    with open(path, 'w') as file:
        file.write(''.join(line + '\n' for line in lines))
