"""Who asks: by certificate, by bootstrap token, by a service account's token, or by a token that the server was started with."""
import base64
import hashlib
import hmac
import json
import re

from .. import clock, kinds
from ..errors import ApiError
from .request import ANONYMOUS, User

AUTHENTICATED = 'system:authenticated'
BOOTSTRAP = re.compile(r'^([a-z0-9]{6})\.([a-z0-9]{16})$')
SERVICE_ACCOUNTS = 'system:serviceaccount:'


def identify(api, certificate, authorization):
    """The user; a token that is wrong is refused, as against none at all."""
    if certificate:
        pairs = [pair for part in certificate['subject'] for pair in part]
        groups = {value for key, value in pairs if key == 'organizationName'}
        return User(dict(pairs).get('commonName', ''), frozenset(groups | {AUTHENTICATED}))
    scheme, _, token = authorization.partition(' ')
    if scheme != 'Bearer' or not token:
        return ANONYMOUS
    user = api.tokens.get(token) or _bootstrapper(api, token) or _service_account(api, token)
    if not user:
        raise ApiError(401, 'Unauthorized')
    return user


def impersonate(user, name, group):
    """Who an administrator wants to be taken for."""
    if not name:
        return user
    if not user.is_admin:
        raise ApiError(403, 'users "%s" is forbidden: User "%s" cannot impersonate resource "users" in API group "" at the cluster scope' % (name, user.name))
    return User(name, frozenset({AUTHENTICATED, *filter(None, [group])}))


def _bootstrapper(api, token):
    found = BOOTSTRAP.match(token)
    if not found:
        return None
    name, secret = found.groups()
    held = api.store.find(kinds.SECRET, 'kube-system', 'bootstrap-token-' + name)
    data = {key: base64.b64decode(value).decode() for key, value in ((held or {}).get('data') or {}).items()}
    if not hmac.compare_digest(data.get('token-secret', ''), secret) or data.get('usage-bootstrap-authentication') != 'true' or expired(data):
        return None
    groups = data.get('auth-extra-groups', '').split(',')
    return User('system:bootstrap:' + name, frozenset({'system:bootstrappers', AUTHENTICATED, *filter(None, groups)}))


def expired(data):
    """Whether the decoded data of a bootstrap token's secret says that its time is over."""
    return 'expiration' in data and clock.seconds(data['expiration']) < clock.now()


def make_service_token(key, namespace, name, life=3600):
    """A signed token of a service account; `key` is what all API servers of a cluster share."""
    claims = {'sub': '%s%s:%s' % (SERVICE_ACCOUNTS, namespace, name), 'exp': int(clock.now() + life)}
    body = '%s.%s' % (_part({'alg': 'HS256'}), _part(claims))
    return '%s.%s' % (body, _signature(key, body))


def _service_account(api, token):
    body, _, signature = token.rpartition('.')
    if body.count('.') != 1 or not api.service_key or not hmac.compare_digest(signature, _signature(api.service_key, body)):
        return None
    claims = json.loads(base64.urlsafe_b64decode(body.split('.')[1] + '=='))
    namespace, name = claims['sub'][len(SERVICE_ACCOUNTS):].split(':')
    if claims['exp'] < clock.now() or not api.store.find(kinds.SERVICE_ACCOUNT, namespace, name):
        return None
    groups = {'system:serviceaccounts', 'system:serviceaccounts:' + namespace, AUTHENTICATED}
    return User(claims['sub'], frozenset(groups))


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value, separators=(',', ':')).encode()).rstrip(b'=').decode()


def _signature(key, text):
    return base64.urlsafe_b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).rstrip(b'=').decode()
