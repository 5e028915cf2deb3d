"""kubeadm join."""

import os

from cluster import kinds, kubeconfig
from cluster.client import Client
from cluster.controllers.nodes import ready
from cluster.errors import ApiError
from cluster.files import write

from . import (
    certificates,
    cluster_config,
    constants,
    discovery,
    etcd,
    hooks,
    init,
    kubeconfigs,
    kubelet_start,
    manifests,
    preflight,
    upload,
)
from .failure import Fatal
from .wait import until
from .workflow import Phase


class State:
    """What the phases share: what is found out once is kept."""

    def __init__(self, settings, args):
        self.settings, self.args = settings, args
        self._found = self._bootstrap = self._admin = None

    @property
    def found(self):
        """(server, CA) of the cluster."""
        if self._found is None:
            self._found = discovery.discover(self.settings)
        return self._found

    @property
    def bootstrap(self):
        """A client that bears the token."""
        if self._bootstrap is None:
            server, ca = self.found
            self._bootstrap = Client.of_token(server, ca, self.settings.token)
        return self._bootstrap

    @property
    def admin(self):
        if self._admin is None:
            self._admin = Client.of_file(constants.ADMIN)
        return self._admin

    def read_cluster(self):
        if not self.settings.cluster:
            try:
                self.settings.cluster = cluster_config.fetch(self.bootstrap)
            except (ApiError, OSError) as error:
                raise Fatal('unable to fetch the kubeadm-config ConfigMap: failed to get config map: %s' % error, 2)
        return self.settings.cluster


def check(state):
    settings = state.settings
    print('[preflight] Running pre-flight checks')
    preflight.check(settings, settings.control_plane, joining=True)
    server, _ = state.found
    print(
        '[preflight] Reading configuration from the cluster...\n[preflight] FYI: You can look at this config file with '
        "'kubectl -n kube-system get cm kubeadm-config -o yaml'"
    )
    cluster = state.read_cluster()
    preflight.check_cluster_version(cluster['kubernetesVersion'])
    if settings.control_plane:
        if not cluster.get('controlPlaneEndpoint'):
            raise Fatal(
                '\nOne or more conditions for hosting a new control plane instance is not satisfied.\n\nunable to add a new control plane instance '
                "to a cluster that doesn't have a stable controlPlaneEndpoint address\n\nPlease ensure that:\n* The cluster has a stable "
                'controlPlaneEndpoint address.\n* The certificates that must be shared among control plane instances are provided.\n\n',
                2,
            )
        if not settings.certificate_key:
            certificates.require_shared()
    return server


def download(state):
    settings = state.settings
    if settings.control_plane and settings.certificate_key:
        upload.fetch(state.bootstrap, settings.certificate_key)


def of_control_plane(act):
    """A step that workers have not."""

    def step(state):
        if state.settings.control_plane:
            state.read_cluster()
            act(state)

    return step


def make_certificates(state):
    print('[certs] Using certificateDir folder "%s"' % constants.PKI)
    certificates.require_shared()
    certificates.make_own(state.settings)


def write_kubeconfigs(state):
    print('[kubeconfig] Generating kubeconfig files\n[kubeconfig] Using kubeconfig folder "%s"' % constants.FOLDER)
    kubeconfigs.write(state.settings, ('admin', 'controller-manager', 'scheduler'))


def check_etcd(state):
    print('[check-etcd] Checking that the etcd cluster is healthy')
    etcd.check(state.admin)


def start_kubelet(state):
    settings = state.settings
    server, ca = state.found
    _refuse_known_name(state)
    write(constants.BOOTSTRAP_CONFIG, kubeconfig.render(server, ca, 'tls-bootstrap-token-user', token=settings.token), 0o600)
    if not os.path.exists(certificates.CA):
        write(certificates.CA, ca)
    kubelet_start.stop()
    kubelet_start.write_files(settings, kubelet_start.download(state.bootstrap))
    hooks.fail_join()
    kubelet_start.start()
    kubelet_start.wait_until_healthy()
    print('[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap')
    until(lambda: os.path.exists(constants.KUBELET_CONFIG), constants.TLS_BOOTSTRAP, 'timed out waiting for the condition')
    os.remove(constants.BOOTSTRAP_CONFIG)
    own = Client.of_file(constants.KUBELET_CONFIG)
    until(lambda: own.get(kinds.NODE, None, settings.node), constants.TLS_BOOTSTRAP, 'timed out waiting for the condition')


def _refuse_known_name(state):
    known = state.bootstrap.find(kinds.NODE, None, state.settings.node)
    if known and ready(known) == 'True':
        raise Fatal(
            'a Node with name "%s" and status "Ready" already exists in the cluster. You must delete the existing Node or change the name of '
            'this new joining Node' % state.settings.node
        )


def wait_for_control_plane(state):
    own = Client.of_file(constants.ADMIN)
    own.server = 'https://%s:6443' % state.settings.address
    until(lambda: own.call('GET', '/healthz'), constants.CONTROL_PLANE_UP, 'could not reach the API server of this control plane')


def tell(settings):
    if settings.control_plane:
        print(
            '\nThis node has joined the cluster and a new control plane instance was created:\n\n'
            '* Certificate signing request was sent to apiserver and approval was received.\n* The Kubelet was informed of the new secure connection '
            'details.\n* Control plane label and taint were applied to the new node.\n* The Kubernetes control plane instances scaled up.\n'
            '* A new etcd member was added to the local/stacked etcd cluster.\n'
        )
    else:
        print(
            '\nThis node has joined the cluster:\n* Certificate signing request was sent to apiserver and a response was received.\n'
            "* The Kubelet was informed of the new secure connection details.\n\nRun 'kubectl get nodes' on the control-plane to see this node join the cluster.\n"
        )


PHASES = [
    Phase('preflight', check),
    Phase(
        'control-plane-prepare',
        parts=[
            Phase('download-certs', download),
            Phase('certs', of_control_plane(make_certificates)),
            Phase('kubeconfig', of_control_plane(write_kubeconfigs)),
            Phase('control-plane', of_control_plane(lambda state: manifests.control_plane(state.settings))),
        ],
    ),
    Phase('check-etcd', of_control_plane(check_etcd)),
    Phase('kubelet-start', start_kubelet),
    Phase(
        'control-plane-join',
        parts=[
            Phase('etcd', of_control_plane(lambda state: etcd.join(state.admin, state.settings))),
            Phase('mark-control-plane', of_control_plane(lambda state: init.mark(state.admin, state.settings))),
        ],
    ),
    Phase('wait-control-plane', of_control_plane(wait_for_control_plane)),
]
