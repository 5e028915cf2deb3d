"""kubeadm init."""

import yaml
from cluster import kinds
from cluster.client import Client

from . import addons, certificates, cluster_config, constants, kubeconfigs, kubelet_start, manifests, preflight, tokens, upload
from .settings import duration
from .wait import until
from .workflow import Phase


class State:
    """What the phases share."""

    def __init__(self, settings, args):
        self.settings, self.args, self._client = settings, args, None

    @property
    def client(self):
        # Through its own server, since a load balancer may not know it yet.
        if self._client is None:
            self._client = Client.of_file(constants.SUPER_ADMIN)
            self._client.server = 'https://%s:6443' % self.settings.address
        return self._client


def check(state):
    print('[init] Using Kubernetes version: ' + state.settings.cluster['kubernetesVersion'])
    print('[preflight] Running pre-flight checks')
    preflight.check(state.settings, control_plane=True, joining=False)


def make_certificates(state):
    print('[certs] Using certificateDir folder "%s"' % constants.PKI)
    certificates.make_shared()
    certificates.make_own(state.settings)


def write_kubeconfigs(state):
    kubeconfigs.write(state.settings)


def start_kubelet(state):
    kubelet_start.write_files(
        state.settings, yaml.safe_dump(kubelet_start.configuration(state.settings.service_address(10)), default_flow_style=False)
    )
    kubelet_start.start()


def wait_for_control_plane(state):
    kubelet_start.wait_until_healthy()
    print('[api-check] Waiting for a healthy API server. This can take up to 4m0s')
    until(lambda: state.client.call('GET', '/healthz'), constants.CONTROL_PLANE_UP, "couldn't initialize a Kubernetes cluster")
    print('[api-check] The API server is healthy')
    cluster_config.let_admins(state.client)


def upload_config(state):
    cluster_config.upload(state.client, state.settings.cluster)
    kubelet_start.upload(state.client, state.settings.service_address(10))


def upload_certificates(state):
    if not state.args.upload_certs:
        print('[upload-certs] Skipping phase. Please see --upload-certs')
        return
    state.settings.certificate_key = state.settings.certificate_key or upload.new_key()
    upload.store(state.client, state.settings.certificate_key)


def mark_control_plane(state):
    mark(state.client, state.settings)


def mark(client, settings):
    """Labels and taints of a control plane's node."""
    taints = [constants.CONTROL_PLANE_TAINT] if settings.taints is None else settings.taints
    print(
        '[mark-control-plane] Marking the node %s as control-plane by adding the labels: [%s %s]'
        % (settings.node, constants.CONTROL_PLANE, constants.EXCLUDE)
    )

    def patch():
        node = client.get(kinds.NODE, None, settings.node)
        kept = [each for each in (node.get('spec') or {}).get('taints') or [] if each['key'] != constants.CONTROL_PLANE]
        return client.patch(
            kinds.NODE,
            None,
            settings.node,
            {'metadata': {'labels': {constants.CONTROL_PLANE: '', constants.EXCLUDE: ''}}, 'spec': {'taints': [*kept, *taints] or None}},
        )

    until(patch, constants.API_CALL, 'error patching Node "%s"' % settings.node)


def make_token(state):
    settings = state.settings
    settings.token = settings.token or tokens.generate()
    tokens.create(state.client, settings.token, duration(settings.token_ttl))
    cluster_config.let_tokens_join(state.client, settings.server)


def install_addons(state):
    addons.install(state.client, state.settings.cluster['kubernetesVersion'])


def show(state):
    settings, args = state.settings, state.args
    print(
        '\nYour Kubernetes control-plane has initialized successfully!\n\nTo start using your cluster, you need to run the following as a regular user:\n\n'
        '  mkdir -p $HOME/.kube\n  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config\n  sudo chown $(id -u):$(id -g) $HOME/.kube/config\n'
    )
    token = '<value withheld>' if args.skip_token_print else settings.token
    state.client.server = settings.server
    if settings.cluster.get('controlPlaneEndpoint') and args.upload_certs:
        key = '<value withheld>' if args.skip_certificate_key_print else settings.certificate_key
        print(
            'You can now join any number of the control-plane node running the following command on each as root:\n\n  %s\n'
            % tokens.join_command(state.client, token, key)
        )
    print(
        'Then you can join any number of worker nodes by running the following on each as root:\n\n%s'
        % tokens.join_command(state.client, token)
    )


PHASES = [
    Phase('preflight', check),
    Phase('certs', make_certificates),
    Phase('kubeconfig', write_kubeconfigs),
    Phase('etcd', parts=[Phase('local', lambda state: manifests.etcd(state.settings))]),
    Phase('control-plane', lambda state: manifests.control_plane(state.settings)),
    Phase('kubelet-start', start_kubelet),
    Phase('wait-control-plane', wait_for_control_plane),
    Phase('upload-config', upload_config),
    Phase('upload-certs', upload_certificates),
    Phase('mark-control-plane', mark_control_plane),
    Phase('bootstrap-token', make_token),
    Phase('addon', install_addons),
    Phase('show-join-command', show),
]
