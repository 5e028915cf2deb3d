"""Manifests of a control plane's static pods."""

import os

import yaml
from cluster import member
from cluster.files import write

from . import constants
from .certificates import ETCD, path


def control_plane(settings):
    for component in constants.COMPONENTS:
        print('[control-plane] Creating static Pod manifest for "%s"' % component)
        write_component(component, settings)


def write_component(component, settings):
    version = settings.cluster['kubernetesVersion']
    flags = {'kube-apiserver': _api_server, 'kube-controller-manager': _controller_manager, 'kube-scheduler': _scheduler}[component](
        settings
    )
    annotations = {constants.ENDPOINT_ANNOTATION: settings.address + ':6443'} if component == 'kube-apiserver' else {}
    _write(
        component,
        [component, *sorted('--%s=%s' % pair for pair in flags.items())],
        'registry.k8s.io/%s:%s' % (component, version),
        annotations,
        {},
    )


def _api_server(settings):
    return {
        'advertise-address': settings.address,
        'client-ca-file': path('ca.crt'),
        'etcd-cafile': path('etcd/ca.crt'),
        'etcd-certfile': path('apiserver-etcd-client.crt'),
        'etcd-keyfile': path('apiserver-etcd-client.key'),
        'etcd-servers': 'https://127.0.0.1:2379',
        'kubelet-client-certificate': path('apiserver-kubelet-client.crt'),
        'kubelet-client-key': path('apiserver-kubelet-client.key'),
        'secure-port': '6443',
        'service-account-key-file': path('sa.pub'),
        'service-account-signing-key-file': path('sa.key'),
        'service-cluster-ip-range': settings.cluster['networking']['serviceSubnet'],
        'tls-cert-file': path('apiserver.crt'),
        'tls-private-key-file': path('apiserver.key'),
        'enable-bootstrap-token-auth': 'true',
        **_extra(settings, 'apiServer'),
    }


def _controller_manager(settings):
    config = constants.FOLDER + '/controller-manager.conf'
    return {
        'authentication-kubeconfig': config,
        'authorization-kubeconfig': config,
        'bind-address': '127.0.0.1',
        'cluster-name': 'kubernetes',
        'cluster-signing-cert-file': path('ca.crt'),
        'cluster-signing-key-file': path('ca.key'),
        'controllers': '*,bootstrapsigner,tokencleaner',
        'kubeconfig': config,
        'leader-elect': 'true',
        **_extra(settings, 'controllerManager'),
    }


def _scheduler(settings):
    config = constants.FOLDER + '/scheduler.conf'
    return {
        'authentication-kubeconfig': config,
        'authorization-kubeconfig': config,
        'bind-address': '127.0.0.1',
        'kubeconfig': config,
        'leader-elect': 'true',
        **_extra(settings, 'scheduler'),
    }


def _extra(settings, component):
    given = (settings.cluster.get(component) or {}).get('extraArgs') or {}
    return {each['name']: each['value'] for each in given} if isinstance(given, list) else given


def etcd(settings, cluster=None):
    """`cluster` is what the member joins, as NAME=PEER_URL,...; without it, it begins one."""
    print('[etcd] Creating static Pod manifest for %s' % ('"etcd"' if cluster else 'local etcd in "%s"' % constants.MANIFESTS))
    data = data_folder(settings.cluster)
    os.makedirs(data, mode=0o700, exist_ok=True)
    command = member.flags(settings.node, settings.address, data, ETCD, cluster)
    _write('etcd', command, constants.ETCD_IMAGE, {constants.ETCD_ANNOTATION: member.client_url(settings.address)}, {'etcd-data': data})


def data_folder(cluster):
    return ((cluster.get('etcd') or {}).get('local') or {}).get('dataDir') or constants.ETCD_DATA


def _write(component, command, image, annotations, folders):
    volumes = {'k8s-certs': constants.PKI, **folders}
    text = yaml.safe_dump(
        {
            'apiVersion': 'v1',
            'kind': 'Pod',
            'metadata': {
                'name': component,
                'namespace': 'kube-system',
                'labels': {'component': component, 'tier': 'control-plane'},
                'annotations': annotations,
            },
            'spec': {
                'containers': [{'name': component, 'image': image, 'command': command}],
                'hostNetwork': True,
                'priorityClassName': 'system-node-critical',
                'volumes': [{'name': name, 'hostPath': {'path': folder, 'type': 'DirectoryOrCreate'}} for name, folder in volumes.items()],
            },
        },
        default_flow_style=False,
        width=100000,
        sort_keys=False,
    )
    write('%s/%s.yaml' % (constants.MANIFESTS, component), text, 0o600)
