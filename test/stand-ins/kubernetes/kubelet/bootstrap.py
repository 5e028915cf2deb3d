"""TLS bootstrap: a kubelet that has a token only asks the cluster for a certificate of its own."""

import base64
import os
import sys
import time

from cluster import kinds, kubeconfig, pki
from cluster.client import Client
from cluster.controllers.signing import CLIENT_SIGNER
from cluster.errors import ApiError
from cluster.files import write

CERTIFICATE = '/var/lib/kubelet/pki/kubelet-client-current.pem'
PAUSE_SECONDS = 0.3


def ensure_identity(path, bootstrap_path, node):
    """Waits until there is a kubeconfig at `path`, made with the one at `bootstrap_path` where needed."""
    while not os.path.exists(path):
        try:
            if os.path.exists(bootstrap_path):
                _ask(path, kubeconfig.access(bootstrap_path), node)
        except (OSError, ApiError) as error:
            print('E bootstrap] failed to request a certificate: %s' % error, file=sys.stderr, flush=True)
        time.sleep(PAUSE_SECONDS)


def _ask(path, access, node):
    client = Client.of_access(access)
    key, request = pki.make_request('system:node:' + node, 'system:nodes')
    made = client.create(
        kinds.SIGNING_REQUEST,
        {
            'apiVersion': 'certificates.k8s.io/v1',
            'kind': 'CertificateSigningRequest',
            'metadata': {'generateName': 'node-csr-'},
            'spec': {'request': kubeconfig.encode(request), 'signerName': CLIENT_SIGNER, 'usages': ['digital signature', 'client auth']},
        },
    )
    name = made['metadata']['name']
    while True:
        status = client.get(kinds.SIGNING_REQUEST, None, name).get('status') or {}
        if status.get('certificate'):
            break
        if any(each['type'] == 'Denied' for each in status.get('conditions') or []):
            raise OSError('certificate signing request %s was denied' % name)
        time.sleep(PAUSE_SECONDS)
    write(CERTIFICATE, base64.b64decode(status['certificate']).decode() + key, 0o600)
    write(path, kubeconfig.render_for_files(access.server, access.ca, 'default-auth', CERTIFICATE), 0o600)
