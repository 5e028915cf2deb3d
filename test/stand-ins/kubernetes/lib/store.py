"""What etcd holds in a real cluster: one JSON file on the first control plane."""
import json
import os
import threading
import time

PATH = '/var/lib/etcd/stand-in.json'
NODE_GRACE = 40  # seconds without a sign of life until a node is NotReady
CERTIFICATES_TTL = 7200  # kubeadm deletes its uploaded certificates after two hours


class Store:
    def __init__(self):
        self.lock = threading.RLock()
        try:
            with open(PATH) as file:
                self.state = json.load(file)
        except FileNotFoundError:
            self.state = {'nodes': {}, 'tokens': {}, 'certificates': None, 'objects': {}}

    def save(self):
        os.makedirs(os.path.dirname(PATH), mode=0o700, exist_ok=True)
        with open(os.open(PATH + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as file:
            json.dump(self.state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(PATH + '.new', PATH)

    def tokens(self):
        now = time.time()
        live = {name: token for name, token in self.state['tokens'].items() if not token['expires'] or token['expires'] > now}
        self.state['tokens'] = live
        return live

    def certificates(self):
        held = self.state['certificates']
        return held if held and held['uploaded'] + CERTIFICATES_TTL > time.time() else None

    def has_network(self):
        return any(name.startswith('DaemonSet/') for name in self.state['objects'])

    def node(self, name):
        """A node as the API shows it."""
        node = self.state['nodes'][name]
        alive = time.time() - node['seen'] < NODE_GRACE
        status, reason = ('Unknown', 'NodeStatusUnknown') if not alive else ('True', 'KubeletReady')
        if alive and not self.has_network():
            status, reason = 'False', 'KubeletNotReady'
        return {
            'apiVersion': 'v1', 'kind': 'Node',
            'metadata': {'name': name, 'labels': node['labels'], 'creationTimestamp': node['created']},
            'spec': {'taints': node['taints'], 'unschedulable': node.get('unschedulable', False)},
            'status': {
                'conditions': [{'type': 'Ready', 'status': status, 'reason': reason}],
                'addresses': [{'type': 'InternalIP', 'address': node['address']}, {'type': 'Hostname', 'address': name}],
                'nodeInfo': {'kubeletVersion': node['version'], 'containerRuntimeVersion': 'containerd://stand-in'},
            },
        }
