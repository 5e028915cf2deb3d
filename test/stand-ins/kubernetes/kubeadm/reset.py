"""kubeadm reset. Whether its member leaves etcd hangs on what it can still read: without the cluster's configuration it does not."""

import os
import shutil
import sys

from cluster.client import Client
from cluster.errors import ApiError
from cluster.etcd import EtcdError
from kubelet import runtime

from . import cluster_config, constants, etcd, kubelet_start, manifests, preflight
from .failure import Fatal
from .hooks import patience
from .workflow import Phase

FOLDERS = [constants.MANIFESTS, constants.KUBELET, constants.PKI]
ADVICE = """
The reset process does not clean CNI configuration. To do so, you must remove /etc/cni/net.d

The reset process does not reset or clean up iptables rules or IPVS tables.
If you wish to reset iptables, you must do so manually by using the "iptables" command.

The reset process does not clean your kubeconfig files and you must remove them manually.
Please, check the contents of the $HOME/.kube/config file.
"""


class State:
    def __init__(self, args):
        self.args, self.client, self.settings = args, None, None

    def read(self):
        """Client and configuration, as far as the cluster can be asked."""
        path = self.args.kubeconfig or os.environ.get('KUBECONFIG') or constants.ADMIN
        if not os.path.exists(path):
            path = constants.KUBELET_CONFIG
        print(
            '[reset] Reading configuration from the cluster...\n[reset] FYI: You can look at this config file with '
            "'kubectl -n kube-system get cm kubeadm-config -o yaml'"
        )
        try:
            client = Client.of_file(path, timeout=max(2, patience(10)))
            self.settings = cluster_config.of_node(client, None)
            self.client = client
        except (OSError, ApiError, ValueError) as error:
            _warn('[reset] Unable to fetch the kubeadm-config ConfigMap from cluster: failed to get config map: %s' % error)


def confirm(state):
    if not state.args.force:
        print(
            "[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.\n"
            '[reset] Are you sure you want to proceed? [y/N]: ',
            end='',
            flush=True,
        )
        if sys.stdin.readline().strip().lower() not in ('y', 'yes'):
            raise Fatal('aborted reset operation')
    print('[preflight] Running pre-flight checks')
    preflight.require_root()


def remove_member(state):
    has_etcd = os.path.exists(constants.MANIFESTS + '/etcd.yaml')
    data = manifests.data_folder(state.settings.cluster if state.settings else {})
    if has_etcd and state.settings:
        try:
            etcd.leave(state.client, state.settings)
        except (Fatal, EtcdError, ApiError, OSError) as error:
            _warn('[reset] Failed to remove etcd member: %s, please manually remove this etcd member using etcdctl' % error)
    elif has_etcd:
        _warn('[reset] No kubeadm config, using etcd pod spec to get data directory')
    if os.path.isdir(data) and os.listdir(data):
        # The member must not write on while its folder goes.
        _remove(constants.MANIFESTS + '/etcd.yaml')
        runtime.stop('etcd')
        _empty(data)
        print('[reset] Deleted contents of the etcd data directory: %s' % data)


def clean(state):
    print('[reset] Stopping the kubelet service')
    kubelet_start.stop()
    for name in runtime.started():
        runtime.stop(name)
    print('[reset] Unmounting mounted directories in "%s"' % constants.KUBELET)
    print('[reset] Deleting contents of directories: [%s]' % ' '.join(FOLDERS))
    for folder in FOLDERS:
        _empty(folder)
    print('[reset] Deleting files: [%s]' % ' '.join(constants.CONFIG_FILES))
    for path in constants.CONFIG_FILES:
        _remove(path)


def _empty(folder):
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.remove(path)


def _remove(path):
    if os.path.exists(path):
        os.remove(path)


def _warn(text):
    print('W %s' % text, file=sys.stderr)


PHASES = [Phase('preflight', confirm), Phase('remove-etcd-member', remove_member), Phase('cleanup-node', clean)]
