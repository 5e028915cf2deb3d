"""Bootstrap tokens: the signature of the cluster's description under each of them, and the end of their life."""
import base64
import hashlib
import hmac
import json

from .. import clock, kinds

SIGNATURE = 'jws-kubeconfig-'
PREFIX = 'bootstrap-token-'


def tokens(secrets):
    """{token's public part: decoded data}"""
    return {secret['metadata']['name'][len(PREFIX):]: {key: base64.b64decode(value).decode() for key, value in (secret.get('data') or {}).items()}
            for secret in secrets if secret.get('type') == 'bootstrap.kubernetes.io/token'}


def sign_cluster_info(cluster):
    info = cluster.client.find(kinds.CONFIG_MAP, 'kube-public', 'cluster-info')
    if not info:
        return
    text = info['data']['kubeconfig']
    live = tokens(_secrets(cluster))
    wanted = {SIGNATURE + name: jws(name, data['token-secret'], text) for name, data in live.items()
              if data.get('usage-bootstrap-signing') == 'true' and not is_expired(data)}
    held = {key: value for key, value in info['data'].items() if key.startswith(SIGNATURE)}
    if wanted != held:
        info['data'] = {'kubeconfig': text, **wanted}
        cluster.client.replace(kinds.CONFIG_MAP, info)


def jws(name, secret, text):
    """A detached signature: header..signature."""
    header = _part(json.dumps({'alg': 'HS256', 'kid': name}, separators=(',', ':')).encode())
    body = '%s.%s' % (header, _part(text.encode()))
    return '%s..%s' % (header, _part(hmac.new(secret.encode(), body.encode(), hashlib.sha256).digest()))


def clean_tokens(cluster):
    """Deletes the tokens whose time is over; what they own goes after them."""
    for name, data in tokens(_secrets(cluster)).items():
        if is_expired(data):
            cluster.client.delete(kinds.SECRET, 'kube-system', PREFIX + name)


def _secrets(cluster):
    return [secret for secret in cluster.list(kinds.SECRET) if secret['metadata']['namespace'] == 'kube-system']


def is_expired(data):
    return 'expiration' in data and clock.seconds(data['expiration']) < clock.now()


def _part(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b'=').decode()
