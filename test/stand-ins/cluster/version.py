"""The version that kubectl, kubeadm and kubelet on this host have, such as 1.30.4."""
import os

from .paths import HOME


def _read():
    try:
        with open(os.path.join(HOME, 'version')) as file:
            return file.read().strip().lstrip('v')
    except FileNotFoundError:
        return '0.0.0'


VERSION = _read()
