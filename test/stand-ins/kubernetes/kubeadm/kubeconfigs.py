"""The kubeconfig files of a control plane."""

import os

from cluster import kubeconfig

from . import constants
from .certificates import CA, CA_KEY


def write(settings, names=('admin', 'super-admin', 'kubelet', 'controller-manager', 'scheduler'), renew=False):
    local = 'https://%s:6443' % settings.address
    files = {
        'admin': (settings.server, 'kubernetes-admin', 'kubernetes-admin', 'kubeadm:cluster-admins'),
        'super-admin': (settings.server, 'kubernetes-super-admin', 'kubernetes-super-admin', 'system:masters'),
        'kubelet': (settings.server, 'system:node:' + settings.node, 'system:node:' + settings.node, 'system:nodes'),
        'controller-manager': (local, 'system:kube-controller-manager', 'system:kube-controller-manager', None),
        'scheduler': (local, 'system:kube-scheduler', 'system:kube-scheduler', None),
    }
    for name in names:
        path = '%s/%s.conf' % (constants.FOLDER, name)
        server, user, subject, group = files[name]
        if renew or not os.path.exists(path):
            print('[kubeconfig] Writing "%s.conf" kubeconfig file' % name)
            kubeconfig.write_signed(path, server, CA, CA_KEY, user, subject, group)
