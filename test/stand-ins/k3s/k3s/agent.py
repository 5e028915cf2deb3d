"""The part of k3s on every node: joins with the token, registers the node and says that it lives."""
import json
import os
import ssl
import time

from cluster import agent, kinds, pki
from cluster.client import Client
from cluster.errors import ApiError
from cluster.files import read, write

from . import access, layout, log, tokens
from .servers import Servers

RETRY = 2  # seconds between attempts; k3s waits up to five


class Joiner:
    """Takes a node into the cluster behind `server`. It goes on trying for as long as it takes, as k3s does."""

    def __init__(self, paths, node, server, token):
        self.paths, self.node, self.token = paths, node, token
        self.servers = Servers(paths, server)
        self.certificate, self.authority = paths.agent + '/client-kubelet.pem', paths.agent + '/server-ca.crt'

    def join(self):
        """Returns when the node is registered and gives signs of life."""
        entry = _until(self._connect, 'Failed to validate connection to cluster at %s: %%s' % self.servers.urls[0], log.error)
        _until(lambda: self._configure(entry), 'Waiting to retrieve agent configuration; server is not ready: %s', log.info)
        kubelet = Kubelet(self._client(), self.node, lambda text: log.error('%s', text))
        _until(kubelet.register, 'Unable to register node with API server: %s', log.error)
        log.info('Successfully registered node %s', self.node.name)
        kubelet.start()

    def _connect(self):
        return self.servers.first_that(lambda url: access.Access(url, self.token, 'node', self.certificate))

    def _configure(self, entry):
        try:
            entry.get('/v1-k3s/config')
        except access.Refused as error:
            raise OSError('failed to retrieve configuration from server: %s' % error)
        self.servers.update(json.loads(entry.get('/v1-k3s/apiservers')))
        headers = {'k3s-Node-Name': self.node.name, 'k3s-Node-Password': _node_password(), 'k3s-Node-IP': self.node.address}
        key, request = pki.make_request('system:node:' + self.node.name, 'system:nodes')
        certificate = entry.send('POST', '/v1-k3s/client-kubelet.crt', request.encode(), headers).decode()
        write(self.certificate, certificate + key, 0o600)
        write(self.authority, entry.authority)
        write(self.paths.agent + '/client-ca.crt', entry.get('/v1-k3s/client-ca.crt').decode())

    def _client(self):
        trust = ssl.create_default_context(cafile=self.authority)
        trust.load_cert_chain(self.certificate)
        return Balanced(self.servers, trust)


class Balanced(Client):
    """A client that goes on with another server where one is away."""

    def __init__(self, servers, trust):
        super().__init__(servers.urls[0], trust)
        self.servers = servers

    def _open(self, timeout):
        def connect(url):
            self.server = url
            return super(Balanced, self)._open(timeout)
        return self.servers.first_that(connect)


class Kubelet(agent.Agent):
    """Registers once: a node that was deleted stays so until k3s is started again."""

    def register(self):
        found = self.client.find(kinds.NODE, None, self.node.name)
        if found:
            self.client.patch(kinds.NODE, None, self.node.name, {'metadata': {'labels': self.node.labels, 'annotations': self.node.annotations}})
        super().sign()

    def sign(self):
        if self.client.find(kinds.NODE, None, self.node.name) is None:
            raise ApiError(404, 'nodes "%s" not found' % self.node.name)
        super().sign()


def _until(act, message, say):
    while True:
        try:
            return act()
        except (OSError, ApiError, access.Refused, tokens.TokenError) as error:
            say(message, error)
            time.sleep(RETRY)


def _node_password():
    """Chosen once for this host; the cluster keeps its hash."""
    if not os.path.exists(layout.NODE_PASSWORD):
        os.makedirs(os.path.dirname(layout.NODE_PASSWORD), exist_ok=True)
        write(layout.NODE_PASSWORD, os.urandom(16).hex() + '\n', 0o600)
    return read(layout.NODE_PASSWORD).strip()
