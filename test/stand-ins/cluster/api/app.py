"""From a request to its answer."""
from typing import NamedTuple

from .. import kinds
from ..errors import ApiError
from ..store import Store
from . import authz, health, subresources
from .discovery import Types
from .request import ANONYMOUS
from .resources import Resources

VERBS = {'GET': 'get', 'POST': 'create', 'PUT': 'update', 'PATCH': 'patch', 'DELETE': 'delete'}
REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'


class Target(NamedTuple):
    kind: kinds.Kind
    namespace: str
    name: str
    subresource: str


class Api:
    """An API server over a client of etcd. `version` as v1.30.4; `service_key` signs tokens of service accounts and is the same on
    all servers of a cluster; `tokens` are users by bearer token."""

    def __init__(self, etcd, version, service_key='', tokens=None):
        self.etcd, self.version, self.service_key, self.tokens = etcd, version, service_key, tokens or {}
        self.store = Store(etcd)
        self.types, self.resources = Types(self.store), Resources(self.store)

    def answer(self, request):
        path = request.path
        if authz.is_open(path):
            return self._version() if path == '/version' else health.report(self.etcd, path, request.query)
        target = self._target(path) if path.startswith(('/api/', '/apis/')) else None
        if target:
            return self._act(request, target)
        if request.user == ANONYMOUS:
            raise ApiError(403, 'forbidden: User "system:anonymous" cannot %s path "%s"' % (request.method.lower(), path or '/'))
        if path == REVIEWS:
            return self._review(request)
        found = self.types.discover(path)
        if found is None:
            raise ApiError(404, 'the server could not find the requested resource')
        return found

    def _target(self, path):
        parts = path.strip('/').split('/')
        group, version, rest = ('', parts[1], parts[2:]) if parts[0] == 'api' else ('/'.join(parts[1:2]), '/'.join(parts[2:3]), parts[3:])
        namespace = None
        if rest[:1] == ['namespaces'] and len(rest) > 2 and rest[2] not in ('status', 'finalize'):
            namespace, rest = rest[1], rest[2:]
        if not rest or path == REVIEWS:
            return None
        plural, name, subresource = [*rest, None, None][:3]
        return Target(self.types.find(group, version, plural), namespace, name, subresource)

    def _act(self, request, target):
        kind, namespace, name, subresource = target
        verb = 'list' if request.method == 'GET' and not name else VERBS[request.method]
        authz.require(self.store, request.user, verb, kind, namespace, name, subresource)
        if subresource and subresource != 'status':
            return subresources.act(self, request, kind, namespace, name, subresource)
        if verb == 'list':
            return self.resources.list(kind, namespace, request.query)
        if verb == 'create':
            return self.resources.create(kind, namespace, self._with_author(request, kind))
        if not name:
            raise ApiError(405, 'the server does not allow this method on the requested resource')
        if verb == 'get':
            return self.store.get(kind, namespace, name)
        if verb == 'delete':
            return self.resources.delete(kind, namespace, name, request.body)
        if verb == 'update':
            return self.resources.update(kind, namespace, name, request.body, subresource)
        return self.resources.patch(kind, namespace, name, request.body, request.content_type, subresource)

    @staticmethod
    def _with_author(request, kind):
        """A signing request says who made it, whatever its maker says."""
        if kind is not kinds.SIGNING_REQUEST:
            return request.body
        return {**request.body, 'spec': {**request.body['spec'], 'username': request.user.name, 'groups': sorted(request.user.groups)}}

    def _review(self, request):
        wanted = request.body['spec']['resourceAttributes']
        group, plural = wanted.get('group', ''), wanted['resource']
        kind = kinds.BY_PLURAL.get((group, plural)) or next(
            (each for each in self.types.custom() if each.plural == plural), kinds.Kind(group, 'v1', plural, plural, (), True, False))
        may = authz.allowed(self.store, request.user, wanted['verb'], kind, wanted.get('namespace'), wanted.get('name'))
        return {**request.body, 'status': {'allowed': may}}

    def _version(self):
        major, minor = self.version.lstrip('v').split('.')[:2]
        return {'major': major, 'minor': minor, 'gitVersion': self.version, 'platform': 'linux/amd64'}
