"""`k0s reset`: nothing of k0s is left on the host but its binary and k0s.yaml. The cluster is not told."""
import os
import shutil

from . import controller, service
from .layout import RUN
from .log import Failure, info, warning


def reset(layout):
    if os.geteuid() != 0:
        raise Failure('this command must be run as root!')
    if controller.is_locked():
        raise Failure('another k0s process is still running, please stop k0s before reset')
    controller.kill_leftover()
    info('* uninstall service step')
    service.uninstall()
    for folder in (layout.data, RUN):
        info('* remove directories step: ' + folder)
        shutil.rmtree(folder, ignore_errors=True)
    info('k0s cleanup operations done.')
    warning('To ensure a full reset, a node reboot is recommended.')
