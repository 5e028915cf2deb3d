"""The API on port 9443, where a controller that joins gets the CA and is made a member of etcd; and how it is asked."""
import base64
import json
import os
import ssl
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cluster import clock, kinds
from cluster.controllers.bootstrap import PREFIX, tokens
from cluster.errors import ApiError
from cluster.etcd import EtcdError
from cluster.files import read
from cluster.paths import HOOKS

from .access import admin, etcd
from .log import Failure, info

ETCD_TIMEOUT = 10
# A test lets that many requests to become a member fail, as an unsteady cluster does.
TROUBLE = HOOKS + '/k0s-fail-members'


def serve(layout, port, certificate, key):
    class Handler(_Handler):
        pass

    Handler.layout = layout
    server = ThreadingHTTPServer(('0.0.0.0', port), Handler)
    server.daemon_threads = True
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    layout = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._answer('/v1beta1/ca', lambda: {field: _encoded(self.layout.pki + '/' + name) for field, name in
                                            (('key', 'ca.key'), ('cert', 'ca.crt'), ('sa_key', 'sa.key'), ('sa_pub', 'sa.pub'))})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers.get('Content-Length') or 0)) or b'{}')
        self._answer('/v1beta1/etcd/members', lambda: self._add_member(request))

    def _answer(self, path, act):
        try:
            if self.path != path:
                return self._send(404, {})
            if not _may_join(self.layout, self.headers.get('Authorization') or ''):
                return self._send(401, {'error': 'go away'})
            self._send(200, act())
        except (EtcdError, ApiError, OSError, Failure) as error:
            self._send(500, {'error': str(error)})

    def _add_member(self, request):
        if _is_in_trouble():
            raise EtcdError('etcdserver: request timed out')
        address = request['peerAddress']
        info('etcd API, adding new member: ' + address)
        store = etcd(self.layout, timeout=ETCD_TIMEOUT)
        added = store.add_member(address, learner=False)
        names = {member['ID']: member['name'] for member in store.members()}
        members = ['%s=%s' % (request['node'] if member['ID'] == added['ID'] else names[member['ID']], member['peerURLs'][0])
                   for member in store.members()]
        folder = self.layout.etcd_pki
        return {'initialCluster': members, 'ca': {'key': _encoded(folder + '/ca.key'), 'cert': _encoded(folder + '/ca.crt')}}

    def _send(self, code, answer):
        text = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def _is_in_trouble():
    try:
        left = int(read(TROUBLE))
    except FileNotFoundError:
        return False
    with open(TROUBLE, 'w') as file:
        file.write(str(left - 1))
    if left <= 1:
        os.remove(TROUBLE)
    return True


def _may_join(layout, authorization):
    name, _, secret = authorization.removeprefix('Bearer ').partition('.')
    held = admin(layout).find(kinds.SECRET, 'kube-system', PREFIX + name) if name else None
    data = tokens([held]).get(name, {}) if held else {}
    ended = 'expiration' in data and clock.seconds(data['expiration']) <= clock.now()
    return bool(secret) and data.get('token-secret') == secret and data.get('usage-controller-join') == 'true' and not ended


def _encoded(path):
    with open(path, 'rb') as file:
        return base64.b64encode(file.read()).decode()


class JoinClient:
    """What a joiner asks; `patience` is how often, with waits that double up to a minute."""

    def __init__(self, access):
        self.access = access
        self.trust = ssl.create_default_context(cadata=access.ca)

    def certificates(self):
        return self._retry(lambda: self._call('GET', '/v1beta1/ca'), 10, 0.1)

    def members(self, request, attempts):
        return self._retry(lambda: self._call('POST', '/v1beta1/etcd/members', request), attempts, 1)

    def _retry(self, ask, attempts, wait):
        for attempt in range(attempts):
            try:
                return ask()
            except (OSError, Failure):
                if attempt == attempts - 1:
                    raise
                time.sleep(min(60, wait * 2 ** attempt))

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self.access.server + path, method=method, data=json.dumps(body).encode() if body else None,
                                         headers={'Authorization': 'Bearer ' + self.access.token})
        try:
            with urllib.request.urlopen(request, timeout=10, context=self.trust) as response:
                return json.loads(response.read())
        except urllib.error.HTTPError as error:
            reason = 'Unauthorized' if error.code == 401 else json.loads(error.read()).get('error', '')
            raise Failure('unexpected response status when trying to join: %d %s' % (error.code, reason))
