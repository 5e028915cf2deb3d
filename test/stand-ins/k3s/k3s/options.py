"""Flags of `k3s server` and `k3s agent`, from the command line, /etc/rancher/k3s/config.yaml and the environment."""
import glob
import os

import yaml

from . import log

CONFIG = '/etc/rancher/k3s/config.yaml'
TRUE = ('true', '1', 'yes', 'on')

TEXT, SWITCH, LIST = 'text', 'switch', 'list'

NODE = {
    'token': TEXT, 'token-file': TEXT, 'server': TEXT, 'data-dir': TEXT, 'config': TEXT, 'log': TEXT, 'v': TEXT,
    'node-name': TEXT, 'node-ip': TEXT, 'node-external-ip': TEXT, 'node-label': LIST, 'node-taint': LIST,
    'kubelet-arg': LIST, 'kube-proxy-arg': LIST, 'resolv-conf': TEXT, 'flannel-iface': TEXT, 'private-registry': TEXT,
    'container-runtime-endpoint': TEXT, 'snapshotter': TEXT, 'pause-image': TEXT, 'lb-server-port': TEXT,
    'with-node-id': SWITCH, 'debug': SWITCH, 'docker': SWITCH, 'selinux': SWITCH, 'rootless': SWITCH,
    'protect-kernel-defaults': SWITCH, 'prefer-bundled-bin': SWITCH, 'alsologtostderr': SWITCH,
}
SERVER = {
    **NODE, 'agent-token': TEXT, 'agent-token-file': TEXT, 'tls-san': LIST, 'disable': LIST, 'bind-address': TEXT,
    'https-listen-port': TEXT, 'advertise-address': TEXT, 'advertise-port': TEXT, 'cluster-cidr': LIST,
    'service-cidr': LIST, 'service-node-port-range': TEXT, 'cluster-dns': LIST, 'cluster-domain': TEXT,
    'flannel-backend': TEXT, 'write-kubeconfig': TEXT, 'write-kubeconfig-mode': TEXT, 'datastore-endpoint': TEXT,
    'etcd-arg': LIST, 'kube-apiserver-arg': LIST, 'kube-controller-manager-arg': LIST, 'kube-scheduler-arg': LIST,
    'etcd-snapshot-name': TEXT, 'etcd-snapshot-schedule-cron': TEXT, 'etcd-snapshot-retention': TEXT,
    'etcd-snapshot-dir': TEXT, 'cluster-reset-restore-path': TEXT, 'tls-san-security': SWITCH,
    'cluster-init': SWITCH, 'cluster-reset': SWITCH, 'secrets-encryption': SWITCH, 'embedded-registry': SWITCH,
    'disable-cloud-controller': SWITCH, 'disable-network-policy': SWITCH, 'disable-kube-proxy': SWITCH,
    'disable-helm-controller': SWITCH, 'etcd-disable-snapshots': SWITCH, 'etcd-expose-metrics': SWITCH,
    'etcd-snapshot-compress': SWITCH, 'disable-agent': SWITCH, 'egress-selector-mode': TEXT,
}
SHORT = {'t': 'token', 's': 'server', 'c': 'config', 'd': 'data-dir', 'o': 'write-kubeconfig', 'l': 'log'}
ENVIRONMENT = {
    'token': 'K3S_TOKEN', 'token-file': 'K3S_TOKEN_FILE', 'server': 'K3S_URL', 'node-name': 'K3S_NODE_NAME',
    'data-dir': 'K3S_DATA_DIR', 'agent-token': 'K3S_AGENT_TOKEN', 'agent-token-file': 'K3S_AGENT_TOKEN_FILE',
    'cluster-init': 'K3S_CLUSTER_INIT', 'cluster-reset': 'K3S_CLUSTER_RESET', 'config': 'K3S_CONFIG_FILE',
    'write-kubeconfig': 'K3S_KUBECONFIG_OUTPUT', 'write-kubeconfig-mode': 'K3S_KUBECONFIG_MODE',
    'datastore-endpoint': 'K3S_DATASTORE_ENDPOINT',
}


class Options:
    """Read as attributes: `options.node_name`; text is '' and a list [] where nobody said it."""

    def __init__(self, known):
        self._known = known
        self._values = {}

    def __getattr__(self, name):
        name = name.replace('_', '-')
        empty = {TEXT: '', SWITCH: False, LIST: []}
        return self._values.get(name, empty[self._known[name]])

    def put(self, name, value):
        kind = self._known[name]
        if kind == LIST:
            self._values[name] = [*getattr(self, name), *str(value).split(',')]
        else:
            self._values[name] = str(value).lower() in TRUE if kind == SWITCH else str(value)


def read(known, arguments):
    """Options of a command: said on its line, else in the configuration, else in the environment."""
    said = list(_pairs(known, arguments))
    config = next((value for name, value in said if name == 'config'), os.environ.get('K3S_CONFIG_FILE', CONFIG))
    options = Options(known)
    for name, variable in ENVIRONMENT.items():
        if name in known and os.environ.get(variable):
            options.put(name, os.environ[variable])
    for name, value in [*_configured(known, config), *said]:
        options.put(name, value)
    return options


def _pairs(known, arguments):
    """Flags and their values, as they were typed; a word that is no flag ends the program as k3s does."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        flag, has_value, value = word.lstrip('-').partition('=')
        name = SHORT.get(flag, flag)
        if not word.startswith('-') or name not in known:
            print('Incorrect Usage: flag provided but not defined: -%s\n' % flag)
            raise log.Fatal('flag provided but not defined: -%s' % flag)
        if not has_value and known[name] == SWITCH:
            value = 'true'
        elif not has_value:
            if not rest:
                raise log.Fatal('flag needs an argument: -%s' % flag)
            value = rest.pop(0)
        yield name, value


def _configured(known, path):
    """Flags from the file and its folder; a later file replaces what an earlier one said, unless it says `name+`."""
    merged = {}
    for file in [path, *sorted(glob.glob(path + '.d/*.yaml') + glob.glob(path + '.d/*.yml'))]:
        if not os.path.exists(file):
            continue
        with open(file) as stream:
            content = yaml.safe_load(stream) or {}
        for key, value in content.items():
            values = value if isinstance(value, list) else [value]
            name = SHORT.get(key.rstrip('+'), key.rstrip('+'))
            merged[name] = [*merged.get(name, []), *values] if key.endswith('+') else values
    for name, values in merged.items():
        if name not in known:
            log.warning('Unknown flag --%s found in config.yaml, skipping\n', name)
            continue
        for value in values:
            yield name, 'true' if value is True else 'false' if value is False else value
