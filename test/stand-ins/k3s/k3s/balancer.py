"""The load balancer in every agent: what is asked of 127.0.0.1:6444 goes to the first server that can be reached."""
import json
import os
import socket
import threading
import urllib.parse

from cluster.files import read, write

from . import layout

PATIENCE = 3  # seconds until another server is tried
PIECE = 65536


class Balancer:
    def __init__(self, paths, first):
        self._path = paths.agent + '/etc/k3s-agent-load-balancer.json'
        self._first = urllib.parse.urlsplit(first).netloc
        self._addresses = [self._first]
        if os.path.exists(self._path):
            self.update(json.loads(read(self._path))['ServerAddresses'])

    @property
    def url(self):
        return 'https://127.0.0.1:%d' % layout.AGENT_PORT

    def update(self, addresses):
        """Remembers the addresses (ADDRESS:PORT) of all servers, for the next start too; the first one said stays preferred."""
        known = sorted(set(addresses) - {self._first})
        self._addresses = [self._first, *known]
        write(self._path, json.dumps({'ServerURL': 'https://' + self._first, 'ServerAddresses': sorted(addresses)}), 0o600)

    def start(self):
        listener = socket.create_server(('127.0.0.1', layout.AGENT_PORT))
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def _accept(self, listener):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        server = self._reach()
        if server is None:
            client.close()
            return
        threading.Thread(target=_pump, args=[server, client], daemon=True).start()
        _pump(client, server)

    def _reach(self):
        for address in self._addresses:
            host, _, port = address.rpartition(':')
            try:
                connection = socket.create_connection((host, int(port)), PATIENCE)
                connection.settimeout(None)
                return connection
            except OSError:
                continue
        return None


def _pump(source, target):
    """Passes on until one side ends."""
    try:
        while piece := source.recv(PIECE):
            target.sendall(piece)
    except OSError:
        pass
    for side in (source, target):
        try:
            side.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
