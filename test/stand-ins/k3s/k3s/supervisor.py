"""What a server answers besides the API, on the same port: joins, tokens, members, snapshots."""
import base64
import json
from urllib.parse import urlsplit

from cluster.api import authn
from cluster.errors import ApiError
from cluster.etcd import EtcdError
from cluster.files import read

from . import authorities, nodepasswords, passwords, rotation, snapshots

NODE, SERVER = 'k3s:agent', 'k3s:server'
BOOTSTRAP_GROUP = 'system:bootstrappers:k3s:default-node-token'
NOT_READY = 'apiserver not ready'


class Denied(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def handler_over(base, server):
    """The handler of a server: of its requests, those for the supervisor are answered here, the rest by the API."""

    class Handler(base):
        def respond(self):
            route = ROUTES.get((self.command, urlsplit(self.path).path))
            if route:
                self._supervise(*route)
            elif not server.ready.is_set():
                self._send(503, ApiError(503, NOT_READY).status())
            else:
                super().respond()

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = respond

        def _supervise(self, role, act):
            body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
            try:
                if role and role not in _roles(self, server):
                    raise Denied(403, 'forbidden')
                self._send(200, act(server, self.headers, body))
            except Denied as error:
                self._send(error.status, {'kind': 'Status', 'message': str(error), 'code': error.status})
            except (EtcdError, OSError) as error:
                self._send(500, {'kind': 'Status', 'message': str(error), 'code': 500})

    return Handler


def _roles(handler, server):
    """Which roles a request has, by client certificate, by password or by bootstrap token."""
    authorization, certificate = handler.headers.get('Authorization') or '', handler.connection.getpeercert()
    scheme, _, value = authorization.partition(' ')
    if scheme == 'Basic' and not certificate:
        user, _, password = base64.b64decode(value).decode().partition(':')
        if not passwords.accepts(server.paths.passwd, user, password):
            raise Denied(401, 'invalid username/password combination')
        return {passwords.ROLES[user]}
    try:
        user = authn.identify(server.api, certificate, authorization)
    except ApiError as error:
        raise Denied(error.code, str(error))
    if user.is_admin:
        return {NODE, SERVER}
    if user.groups & {'system:nodes', BOOTSTRAP_GROUP}:
        return {NODE}
    raise Denied(401, 'not authorized')


def _ready(server, _headers, _body):
    if not server.ready.is_set():
        raise Denied(503, 'runtime core not ready')
    return 'ok'


def _config(server, _headers, _body):
    options = server.options
    return {'ClusterInit': options.cluster_init, 'ClusterIPRange': options.cluster_cidr or ['10.42.0.0/16'],
            'ServiceIPRange': options.service_cidr or ['10.43.0.0/16'], 'ClusterDomain': options.cluster_domain or 'cluster.local',
            'FlannelBackend': options.flannel_backend or 'vxlan', 'Skips': {name: True for name in options.disable}}


def _certificate(authority):
    def sign(server, headers, request):
        if not server.ready.is_set():
            raise Denied(503, NOT_READY)
        node, password = headers.get('k3s-Node-Name'), headers.get('k3s-Node-Password')
        if not node or not password:
            raise Denied(400, 'node name not set' if not node else 'node password not set')
        if not nodepasswords.ensure(server.api.store, node, password):
            raise Denied(403, nodepasswords.REJECTED)
        names = ['DNS:' + node, *('IP:' + each for each in (headers.get('k3s-Node-IP') or '').split(',') if each)]
        return authorities.sign_for_node(server.paths, request.decode(), authority, names if authority == 'server-ca' else ())
    return sign


def _bootstrap(server, _headers, _body):
    if not server.member:
        raise Denied(400, 'etcd disabled')
    return authorities.collect(server.paths)


def _members(server, _headers, _body):
    if not server.member:
        raise Denied(400, 'etcd disabled')
    return {'members': server.member.client().members()}


def _rotate(server, _headers, body):
    rotation.rotate(server, json.loads(body).get('newToken') or None)
    return ''


def _snapshot(server, _headers, body):
    if not server.member:
        raise Denied(400, 'etcd datastore disabled')
    return snapshots.serve(server, json.loads(body))


ROUTES = {
    ('GET', '/cacerts'): (None, lambda server, _headers, _body: read(server.paths.server_ca)),
    ('GET', '/ping'): (None, lambda _server, _headers, _body: 'pong'),
    ('GET', '/v1-k3s/readyz'): (NODE, _ready),
    ('GET', '/v1-k3s/config'): (NODE, _config),
    ('GET', '/v1-k3s/apiservers'): (NODE, lambda server, _headers, _body: server.addresses()),
    ('GET', '/v1-k3s/client-ca.crt'): (NODE, lambda server, _headers, _body: read(server.paths.client_ca)),
    ('POST', '/v1-k3s/client-kubelet.crt'): (NODE, _certificate('client-ca')),
    ('POST', '/v1-k3s/serving-kubelet.crt'): (NODE, _certificate('server-ca')),
    ('GET', '/v1-k3s/server-bootstrap'): (SERVER, _bootstrap),
    ('PUT', '/v1-k3s/token'): (SERVER, _rotate),
    ('GET', '/db/info'): (SERVER, _members),
    ('POST', '/db/snapshot'): (SERVER, _snapshot),
}
