"""The part of k3s on every node: joins with the token, registers the node and says that it lives."""
import json
import os
import time

from cluster import agent, kinds, pki
from cluster.client import Client
from cluster.errors import ApiError
from cluster.files import read, write
from cluster.kubeconfig import render

from . import access, layout, log, tokens

RETRY = 2  # seconds between attempts; k3s waits up to five


class Joiner:
    """Takes a node into the cluster behind `url`. It goes on trying for as long as it takes, as k3s does."""

    def __init__(self, paths, node, url, token, learn=None):
        """`learn` is told the addresses of all servers."""
        self.paths, self.node, self.url, self.token, self.learn = paths, node, url, token, learn
        self.certificate, self.key = paths.agent + '/client-kubelet.crt', paths.agent + '/client-kubelet.key'
        self.kubeconfig = paths.agent + '/kubelet.kubeconfig'

    def join(self):
        """Returns when the node is registered and gives signs of life."""
        entry = _until(self._connect, 'Failed to validate connection to cluster at %s: %%s' % self.url, log.error)
        _until(lambda: self._configure(entry), 'Waiting to retrieve agent configuration; server is not ready: %s', log.info)
        kubelet = Kubelet(Client.of_file(self.kubeconfig), self.node, lambda text: log.error('%s', text))
        _until(kubelet.register, 'Unable to register node with API server: %s', log.error)
        log.info('Successfully registered node %s', self.node.name)
        kubelet.start()

    def _connect(self):
        return access.Access(self.url, self.token, 'node', (self.certificate, self.key))

    def _configure(self, entry):
        try:
            entry.get('/v1-k3s/config')
        except access.Refused as error:
            raise OSError('failed to retrieve configuration from server: %s' % error)
        if self.learn:
            self.learn(json.loads(entry.get('/v1-k3s/apiservers')))
        headers = {'k3s-Node-Name': self.node.name, 'k3s-Node-Password': _node_password(), 'k3s-Node-IP': self.node.address}
        key, request = pki.make_request('system:node:' + self.node.name, 'system:nodes')
        certificate = entry.send('POST', '/v1-k3s/client-kubelet.crt', request.encode(), headers).decode()
        write(self.certificate, certificate)
        write(self.key, key, 0o600)
        write(self.paths.agent + '/server-ca.crt', entry.authority)
        write(self.paths.agent + '/client-ca.crt', entry.get('/v1-k3s/client-ca.crt').decode())
        write(self.kubeconfig, render(self.url, entry.authority, 'user', certificate, key, cluster='local', context='Default'), 0o600)


class Kubelet(agent.Agent):
    """Registers once: a node that was deleted stays so until k3s is started again."""

    def register(self):
        found = self.client.find(kinds.NODE, None, self.node.name)
        if found:
            said = {'labels': self.node.labels, 'annotations': self.node.annotations}
            self.client.patch(kinds.NODE, None, self.node.name, {'metadata': said})
        super().sign()

    def sign(self):
        if self.client.find(kinds.NODE, None, self.node.name) is None:
            raise ApiError(404, 'nodes "%s" not found' % self.node.name)
        super().sign()


def _until(act, message, say):
    while True:
        try:
            return act()
        except access.Refused as error:
            say(message, error.words())
        except (OSError, ApiError, tokens.TokenError) as error:
            say(message, error)
        time.sleep(RETRY)


def _node_password():
    """Chosen once for this host; the cluster keeps its hash."""
    if not os.path.exists(layout.NODE_PASSWORD):
        os.makedirs(os.path.dirname(layout.NODE_PASSWORD), exist_ok=True)
        write(layout.NODE_PASSWORD, os.urandom(16).hex() + '\n', 0o600)
    return read(layout.NODE_PASSWORD).strip()
