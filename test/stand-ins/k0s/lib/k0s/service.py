"""The units k0scontroller and k0sworker."""
import os
import subprocess

from .log import Failure, info

BINARY = '/usr/local/bin/k0s'
UNITS = '/etc/systemd/system/k0s%s.service'
UNIT = '''[Unit]
Description=k0s - Zero Friction Kubernetes
Documentation=https://docs.k0sproject.io
ConditionFileIsExecutable={binary}

After=network-online.target
Wants=network-online.target

[Service]
StartLimitInterval=5
StartLimitBurst=10
ExecStart={command}

RestartSec=10
Delegate=yes
KillMode=process
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
LimitNOFILE=999999
Restart=always

[Install]
WantedBy=multi-user.target
'''


def install(role, words, force):
    path = UNITS % role
    if force and os.path.exists(path):
        info('Uninstalling k0s%s service' % role)
        os.remove(path)
    info('Installing k0s%s service' % role)
    if os.path.exists(path):
        raise Failure('failed to install %s service: Init already exists: %s' % (role, path))
    command = ' '.join([BINARY, role, *(_quoted(word) for word in words)])
    with open(path, 'w') as file:
        file.write(UNIT.format(binary=BINARY, command=command))
    systemctl('daemon-reload')
    systemctl('enable', '--quiet', 'k0s' + role)


def _quoted(word):
    return '"%s"' % word.replace('"', '\\"') if any(char in word for char in ' "\'') else word


def installed():
    """The role that is installed, or None."""
    return next((role for role in ('controller', 'worker') if os.path.exists(UNITS % role)), None)


def require_installed():
    role = installed()
    if not role:
        raise Failure('k0s has not been installed as a service')
    return role


def is_running(role):
    return systemctl('is-active', '--quiet', 'k0s' + role, check=False) == 0


def start(force=False):
    role = require_installed()
    if is_running(role) and not force:
        raise Failure('already running')
    systemctl('restart' if force else 'start', 'k0s' + role)


def stop():
    role = require_installed()
    if not is_running(role):
        raise Failure('already stopped')
    systemctl('stop', 'k0s' + role)


def uninstall():
    role = installed()
    if role:
        systemctl('disable', '--quiet', 'k0s' + role, check=False)
        os.remove(UNITS % role)
        systemctl('daemon-reload')


def systemctl(*words, check=True):
    done = subprocess.run(['systemctl', *words], capture_output=True, text=True)
    if check and done.returncode:
        raise Failure('"systemctl" failed with stderr: %s' % done.stderr.strip())
    return done.returncode
