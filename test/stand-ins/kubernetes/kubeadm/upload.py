"""The shared certificates in the cluster, sealed with a key, for two hours: their secret goes with a token that ends."""

import base64
import os
import re

from cluster import canaries, kinds
from cluster.controllers import bootstrap
from cluster.errors import ApiError
from cluster.files import read, write

from . import certificates, cluster_config, constants, secretbox, tokens
from .failure import Fatal

NAME = 'kubeadm-certs'
NOT_FOUND = (
    'error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired. '
    'Please, run `kubeadm init phase upload-certs --upload-certs` on a control plane to generate a new one'
)


def new_key():
    return os.urandom(32).hex()


def store(client, key):
    if not re.fullmatch(r'[0-9a-fA-F]{64}', key):
        raise Fatal('error uploading certs: error decoding certificate key: encoding/hex: invalid byte')
    canaries.note(key)
    print('[upload-certs] Storing the certificates in Secret "%s" in the "kube-system" Namespace' % NAME)
    token = tokens.create(
        client,
        tokens.generate(),
        constants.CERTIFICATES_TTL,
        usages=(),
        groups='',
        description='Proxy for managing TTL for the kubeadm-certs secret',
    )
    owner = {'apiVersion': 'v1', 'kind': 'Secret', 'name': token['metadata']['name'], 'uid': token['metadata']['uid'], 'controller': True}
    data = {_entry(name): _encode(secretbox.encrypt(key, read(certificates.path(name)))) for name in certificates.SHARED}
    before = client.find(kinds.SECRET, 'kube-system', NAME)
    secret = {
        'apiVersion': 'v1',
        'kind': 'Secret',
        'type': 'Opaque',
        'data': data,
        'metadata': {'name': NAME, 'namespace': 'kube-system', 'ownerReferences': [owner]},
    }
    if before:
        client.replace(kinds.SECRET, secret)
    else:
        client.create(kinds.SECRET, secret)
    _drop_older(client, (before or {}).get('metadata', {}).get('ownerReferences') or [])
    cluster_config.let_read_certificates(client)
    print('[upload-certs] Using certificate key:\n' + key)


def _drop_older(client, owners):
    """The token that the secret went with before; with it, an earlier end would come."""
    for owner in owners:
        if owner['name'].startswith(bootstrap.PREFIX) and client.find(kinds.SECRET, 'kube-system', owner['name']):
            client.delete(kinds.SECRET, 'kube-system', owner['name'])


def fetch(client, key):
    """Writes the shared certificates to this host."""
    print('[download-certs] Downloading the certificates in Secret "%s" in the "kube-system" Namespace' % NAME)
    try:
        data = client.get(kinds.SECRET, 'kube-system', NAME)['data']
    except ApiError as error:
        if error.code not in (403, 404):
            raise
        raise Fatal('error downloading certs: ' + (NOT_FOUND if error.code == 404 else 'error downloading the secret: %s' % error))
    print('[download-certs] Saving the certificates to the folder: "%s"' % constants.PKI)
    for name in certificates.SHARED:
        try:
            text = secretbox.decrypt(key, base64.b64decode(data[_entry(name)]).decode())
        except secretbox.WrongKey:
            raise Fatal('error downloading certs: error decoding secret data with provided key: cipher: message authentication failed')
        write(certificates.path(name), text, 0o600 if name.endswith('.key') else 0o644)


def _entry(name):
    return name.replace('/', '-')


def _encode(text):
    return base64.b64encode(text.encode()).decode()
