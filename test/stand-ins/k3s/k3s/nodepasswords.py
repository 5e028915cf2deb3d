"""The password that a node chose when it first joined: only who knows it may join under that name again."""
import base64
import hashlib
import hmac
import os

from cluster.kinds import SECRET

NAMESPACE = 'kube-system'
REJECTED = ("Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server "
            'node-passwd entry, try enabling a unique node name with the --with-node-id flag')


def secret_name(node):
    return node + '.node-password.k3s'


def ensure(store, node, password):
    """Whether the password is the node's; the first one that is shown becomes it."""
    held = store.find(SECRET, NAMESPACE, secret_name(node))
    if held:
        digest = base64.b64decode(held['data']['hash']).decode()
        return hmac.compare_digest(digest, _hash(password, digest.split(':')[0]))
    digest = _hash(password, os.urandom(8).hex())
    store.create(SECRET, {
        'apiVersion': 'v1', 'kind': 'Secret', 'type': 'Opaque', 'immutable': True,
        'metadata': {'name': secret_name(node), 'namespace': NAMESPACE},
        'data': {'hash': base64.b64encode(digest.encode()).decode()}})
    return True


def forget(store, node):
    """After the node was deleted."""
    held = store.find(SECRET, NAMESPACE, secret_name(node))
    if held:
        store.remove(SECRET, held)


def _hash(password, salt):
    return '%s:%s' % (salt, hashlib.scrypt(password.encode(), salt=salt.encode(), n=4096, r=8, p=1).hex())
