"""`k0s worker`: gets a certificate with its token, and keeps the node in the cluster; no container runs."""
import base64
import os
import signal
import sys
import threading
import time

from cluster import kinds, kubeconfig, pki
from cluster.agent import Agent, Node
from cluster.client import Client
from cluster.controllers.signing import CLIENT_SIGNER
from cluster.errors import ApiError
from cluster.files import write

from . import config, controller, service, status, tokens
from .layout import node_name, version
from .log import Failure, info, warning

SIGN_PATIENCE = 60  # seconds that the cluster has to sign the node's certificate


def run(layout, flags, token):
    controller.lock()
    os.makedirs(layout.data, mode=0o755, exist_ok=True)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    if not os.path.exists(layout.kubelet):
        _bootstrap(layout, flags, token)
    client = Client.of_file(layout.kubelet)
    probe = {'Message': '', 'Success': False}
    state = {'Version': version(), 'Pid': os.getpid(), 'PPid': os.getppid(), 'Role': 'worker', 'SysInit': 'linux-systemd',
             'StubFile': service.UNITS % 'worker', 'Output': '', 'Workloads': True, 'SingleNode': False,
             'Args': ['/usr/local/bin/k0s', *sys.argv[1:]], 'WorkerToAPIConnectionStatus': probe, 'ClusterConfig': None,
             'K0sVars': {'DataDir': layout.data}}
    status.serve(layout.socket, lambda: {**state, 'WorkerToAPIConnectionStatus': _probe(client)})
    _start_agent(client, flags, _address(flags) or config.default_address(), [])
    stopping.wait()
    info('Shutting down process')


def start_embedded(layout, flags, address, taints):
    """The worker of a controller: it has the CA at hand."""
    name = node_name(flags)
    if not os.path.exists(layout.kubelet):
        kubeconfig.write_signed(layout.kubelet, 'https://localhost:6443', layout.ca, layout.ca_key, 'system:node:' + name,
                                'system:node:' + name, group='system:nodes')
    labels = {'node-role.kubernetes.io/control-plane': 'true', 'node.k0sproject.io/role': 'control-plane'}
    _start_agent(Client.of_file(layout.kubelet), flags, _address(flags) or address, taints, labels)


def _start_agent(client, flags, address, taints, labels=None):
    given = dict(pair.split('=', 1) for pair in filter(None, flags.get('labels', '').split(',')))
    wanted = [*taints, *map(_taint, filter(None, flags.get('taints', '').split(',')))]
    Agent(client, Node(node_name(flags), address, version().split('+')[0] + '+k0s', {**(labels or {}), **given}, wanted,
                       runtime='containerd://1.7.27'), warning).start()


def _taint(text):
    pair, _, effect = text.partition(':')
    key, _, value = pair.partition('=')
    return {'key': key, 'effect': effect, **({'value': value} if value else {})}


def _address(flags):
    return next((word.split('=', 1)[1].strip('"\'') for word in flags.get('kubelet-extra-args', '').split() if word.startswith('--node-ip=')), None)


def _probe(client):
    try:
        client.call('GET', '/version', timeout=3)
        return {'Message': '', 'Success': True}
    except (ApiError, OSError) as error:
        return {'Message': 'Get "%s/version": %s' % (client.server, error), 'Success': False}


def _bootstrap(layout, flags, token):
    text = controller.token_text(flags, token)
    if not text:
        raise Failure('failed to bootstrap kubelet client configuration: no kubeconfig found and no token was given')
    user, access = tokens.decode(text)
    if user != 'kubelet-bootstrap':
        raise Failure('failed to bootstrap kubelet client configuration: wrong token type %s, expected type: kubelet-bootstrap' % user)
    name = node_name(flags)
    client = Client.of_access(access)
    key, request = pki.make_request('system:node:' + name, 'system:nodes')
    try:
        certificate = _sign(client, name, request)
    except (ApiError, OSError) as error:
        raise Failure('failed to bootstrap kubelet client configuration: %s' % error)
    write(layout.kubelet, kubeconfig.render(access.server, access.ca, 'system:node:' + name, certificate, key), 0o600)


def _sign(client, name, request):
    made = client.create(kinds.SIGNING_REQUEST, {
        'apiVersion': kinds.SIGNING_REQUEST.api_version, 'kind': 'CertificateSigningRequest', 'metadata': {'generateName': 'csr-'},
        'spec': {'request': base64.b64encode(request.encode()).decode(), 'signerName': CLIENT_SIGNER,
                 'usages': ['digital signature', 'client auth']}})
    deadline = time.monotonic() + SIGN_PATIENCE
    while time.monotonic() < deadline:
        found = (client.get(kinds.SIGNING_REQUEST, None, made['metadata']['name']).get('status') or {}).get('certificate')
        if found:
            return base64.b64decode(found).decode()
        time.sleep(0.2)
    raise OSError('timed out waiting for the certificate of %s' % name)
