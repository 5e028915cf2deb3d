"""kubeadm join: discovery, TLS bootstrap, and for a control plane its certificates."""
import json
import os

import api
import kubeconfig
import node
import pki
import preflight
import secretbox
from client import ApiError, Client
from preflight import Fatal, preflight_error

FAIL_NEXT = '/etc/stand-in/fail-next-join'


def run(args):
    wanted = settings(args)
    print('[preflight] Running pre-flight checks')
    preflight.check(wanted['control_plane'], joining=True)
    server = 'https://' + wanted['endpoint']
    ca = discover(server, wanted)
    client = Client.of_token(server, ca, wanted['token'])
    config = asked(lambda: client.call('GET', api.CONFIG))
    refuse_known_name(client)
    if wanted['control_plane']:
        fetch_certificates(client, wanted['certificate_key'])
    bootstrap(client, server, ca)
    fail_on_demand()
    if wanted['control_plane']:
        node.write_control_plane(config['server'], wanted['address'], config['holder'])
    node.start_kubelet(wanted['address'])
    print('[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap...')
    own = Client.of_kubeconfig('/etc/kubernetes/kubelet.conf')
    node.until('kubelet-start', lambda: own.call('GET', '/api/v1/nodes/' + node.name()))
    if wanted['control_plane']:
        node.mark_control_plane(Client.of_kubeconfig(node.ADMIN))
        print('\nThis node has joined the cluster and a new control plane instance was created:')
    else:
        print('\nThis node has joined the cluster:')
    print('* Certificate signing request was sent to apiserver and a response was received.')
    return 0


def settings(args):
    """What is asked for, by flags or by a JoinConfiguration (this stand-in reads it as JSON)."""
    if args.config:
        with open(args.config) as file:
            config = json.load(file)
        if config.get('kind') != 'JoinConfiguration' or not config.get('apiVersion', '').startswith('kubeadm.k8s.io/'):
            raise Fatal('no InitConfiguration or JoinConfiguration kind was found in the YAML file', 3)
        found = config['discovery']['bootstrapToken']
        plane = config.get('controlPlane')
        wanted = {'endpoint': found['apiServerEndpoint'], 'token': found['token'], 'hash': found['caCertHashes'][0],
                  'control_plane': plane is not None, 'certificate_key': (plane or {}).get('certificateKey'),
                  'address': ((plane or {}).get('localAPIEndpoint') or {}).get('advertiseAddress')}
    else:
        if not (args.endpoint and args.token and args.discovery_token_ca_cert_hash):
            raise Fatal('discovery: Invalid value: "": bootstrapToken or file must be set', 3)
        wanted = {'endpoint': args.endpoint, 'token': args.token, 'hash': args.discovery_token_ca_cert_hash,
                  'control_plane': args.control_plane, 'certificate_key': args.certificate_key,
                  'address': args.apiserver_advertise_address}
    wanted['address'] = wanted['address'] or node.default_address()
    return wanted


def discover(server, wanted):
    """The CA of the cluster, vouched for by the token and the pinned hash."""
    name, _, secret = wanted['token'].partition('.')
    problem = "couldn't validate the identity of the API Server: "
    try:
        info = Client.anonymous(server).call('GET', api.CLUSTER_INFO)
    except OSError as error:
        raise preflight_error(problem + 'failed to request the cluster-info ConfigMap: Get "%s%s": %s'
                              % (server, api.CLUSTER_INFO, error))
    if name not in info['signatures']:
        raise preflight_error(problem + 'could not find a JWS signature in the cluster-info ConfigMap for token ID "%s"' % name)
    if info['signatures'][name] != api.signature(secret, info['ca']):
        raise preflight_error(problem + 'failed to verify JWS signature of received cluster info object, can\'t trust this API Server')
    if pki.ca_hash(info['ca']) != wanted['hash']:
        raise preflight_error(problem + 'cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "%s" '
                              'are pinned' % pki.ca_hash(info['ca']))
    return info['ca']


def refuse_known_name(client):
    try:
        known = asked(lambda: client.call('GET', '/api/v1/nodes/' + node.name()))
    except ApiError:
        return
    if known['status']['conditions'][0]['status'] == 'True':
        raise preflight_error('a Node with name "%s" and status "Ready" already exists in the cluster. You must delete the existing '
                              'Node or change the name of this new joining Node' % node.name())


def fetch_certificates(client, key):
    if not key:
        raise preflight_error('\nOne or more conditions for hosting a new control plane instance is not satisfied.\n\n'
                              '[failure loading certificate for CA: couldn\'t load the certificate file /etc/kubernetes/pki/ca.crt]')
    problem = 'error execution phase control-plane-prepare/download-certs: error downloading certs: '
    try:
        sealed = client.call('GET', api.CERTIFICATES)['sealed']
    except ApiError:
        raise Fatal(problem + 'error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This '
                    'Secret might have expired. Please, run `kubeadm init phase upload-certs --upload-certs` on a control plane '
                    'to generate a new one')
    try:
        files = json.loads(secretbox.decrypt(key, sealed))
    except (secretbox.WrongKey, ValueError):
        raise Fatal(problem + 'error decoding secret data with provided key: cipher: message authentication failed')
    for name, text in files.items():
        node.write(pki.PKI + '/' + name, text, 0o600 if name.endswith('.key') else 0o644)


def bootstrap(client, server, ca):
    key, request = pki.make_request('system:node:' + node.name(), 'system:nodes')
    certificate = asked(lambda: client.call('POST', api.REQUESTS, {'request': request}))['certificate']
    kubeconfig.write('/etc/kubernetes/kubelet.conf', server, 'system:node:' + node.name(), ca, certificate, key)
    if not os.path.exists(pki.CA_CERT):
        node.write(pki.CA_CERT, ca)


def fail_on_demand():
    """Tests write a count into a file: that many joins fail half-way, as when the API goes away."""
    try:
        with open(FAIL_NEXT) as file:
            left = int(file.read())
    except FileNotFoundError:
        return
    if left <= 0:
        return
    with open(FAIL_NEXT, 'w') as file:
        file.write('%d\n' % (left - 1))
    raise Fatal('error execution phase kubelet-start: timed out waiting for the condition')


def asked(ask):
    """An answer that a join cannot do without."""
    try:
        return ask()
    except ApiError as error:
        if error.status == 401:
            raise preflight_error('unable to fetch the kubeadm-config ConfigMap: failed to get config map: Unauthorized')
        raise
