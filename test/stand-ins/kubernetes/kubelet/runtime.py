"""Static pods as processes, each in a systemd unit of its own, so that they outlive the kubelet as containers do."""

import contextlib
import os
import subprocess

from cluster import paths

SLICE = 'kubepods.slice'
PREFIX = 'stand-in-pod-'
STATE = '/run/stand-in/pods'


def start(name, command, version, digest):
    """Starts a pod's program; `digest` tells later whether it is the one that its manifest asks for."""
    stop(name)
    program = paths.program(command[0])
    subprocess.run(
        [
            'systemd-run',
            '--quiet',
            '--collect',
            '--unit=' + PREFIX + name,
            '--slice=' + SLICE,
            '--property=KillMode=mixed',
            '--property=TimeoutStopSec=5',
            '--setenv=STAND_IN_VERSION=' + version,
            program,
            *command[1:],
        ],
        check=True,
    )
    os.makedirs(STATE, exist_ok=True)
    pid = subprocess.run(
        ['systemctl', 'show', '--property=MainPID', '--value', PREFIX + name], capture_output=True, text=True
    ).stdout.strip()
    with open(os.path.join(STATE, name), 'w') as file:
        file.write('%s %s\n' % (pid, digest))
    return int(pid or 0)


def stop(name):
    if os.path.exists(os.path.join(STATE, name)):
        subprocess.run(['systemctl', 'stop', PREFIX + name], capture_output=True)
        subprocess.run(['systemctl', 'reset-failed', PREFIX + name], capture_output=True)
        with contextlib.suppress(FileNotFoundError):  # kubeadm and the kubelet may both stop it
            os.remove(os.path.join(STATE, name))


def running():
    """{name: digest} of the pods whose processes live."""
    names = os.listdir(STATE) if os.path.isdir(STATE) else []
    found = {}
    for name in names:
        with open(os.path.join(STATE, name)) as file:
            pid, digest = file.read().split()
        if pid != '0' and os.path.exists('/proc/' + pid):
            found[name] = digest
    return found


def started():
    """Names of all pods that were started and not stopped, alive or not."""
    return os.listdir(STATE) if os.path.isdir(STATE) else []


def pid_of(name):
    with open(os.path.join(STATE, name)) as file:
        return int(file.read().split()[0])
