"""What kubeadm keeps in the cluster: its ConfigMaps, and who may read them."""

import yaml
from cluster import kinds, kubeconfig
from cluster.files import read

from . import constants
from .certificates import CA
from .settings import Settings

NAME = 'kubeadm-config'
ROLE, BINDING, CLUSTER_ROLE, CLUSTER_BINDING = (
    kinds.built_in(name, kinds.RBAC) for name in ('Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding')
)


def upload(client, cluster):
    print('[upload-config] Storing the configuration used in ConfigMap "%s" in the "kube-system" Namespace' % NAME)
    client.ensure(
        kinds.CONFIG_MAP,
        {
            'apiVersion': 'v1',
            'kind': 'ConfigMap',
            'metadata': {'name': NAME, 'namespace': 'kube-system'},
            'data': {'ClusterConfiguration': yaml.safe_dump(cluster, default_flow_style=False)},
        },
    )
    _let_read(client, 'kubeadm:nodes-kubeadm-config', 'configmaps', [NAME], [constants.BOOTSTRAPPERS, 'system:nodes'])
    _let_read(client, 'kubeadm:kubelet-config', 'configmaps', ['kubelet-config'], [constants.BOOTSTRAPPERS, 'system:nodes'])


def fetch(client):
    """The ClusterConfiguration."""
    return yaml.safe_load(client.get(kinds.CONFIG_MAP, 'kube-system', NAME)['data']['ClusterConfiguration'])


def of_node(client, node, address=None):
    """Settings of this node in its cluster."""
    settings = Settings(node, address, fetch(client))
    if not address:
        pod = client.find(kinds.POD, 'kube-system', 'kube-apiserver-' + settings.node)
        endpoint = ((pod or {}).get('metadata', {}).get('annotations') or {}).get(constants.ENDPOINT_ANNOTATION)
        settings.address = endpoint.rsplit(':', 1)[0] if endpoint else settings.address
    return settings


def let_tokens_join(client, server):
    """What a bootstrap token is good for, and the public description of the cluster."""
    print('[bootstrap-token] Creating the "cluster-info" ConfigMap in the "kube-public" namespace')
    text = yaml.safe_dump(
        {
            'apiVersion': 'v1',
            'kind': 'Config',
            'preferences': {},
            'contexts': None,
            'users': None,
            'current-context': '',
            'clusters': [{'name': '', 'cluster': {'certificate-authority-data': kubeconfig.encode(read(CA)), 'server': server}}],
        },
        default_flow_style=False,
    )
    client.ensure(
        kinds.CONFIG_MAP,
        {
            'apiVersion': 'v1',
            'kind': 'ConfigMap',
            'metadata': {'name': 'cluster-info', 'namespace': 'kube-public'},
            'data': {'kubeconfig': text},
        },
    )
    client.ensure(
        CLUSTER_ROLE, {**_head(CLUSTER_ROLE, 'kubeadm:get-nodes'), 'rules': [{'apiGroups': [''], 'resources': ['nodes'], 'verbs': ['get']}]}
    )
    for name, role in (('kubeadm:get-nodes', 'kubeadm:get-nodes'), ('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper')):
        client.ensure(CLUSTER_BINDING, {**_head(CLUSTER_BINDING, name), **_granting('ClusterRole', role, [constants.BOOTSTRAPPERS])})


def let_admins(client):
    client.ensure(
        CLUSTER_BINDING,
        {**_head(CLUSTER_BINDING, 'kubeadm:cluster-admins'), **_granting('ClusterRole', 'cluster-admin', ['kubeadm:cluster-admins'])},
    )


def let_read_certificates(client):
    _let_read(client, 'kubeadm:kubeadm-certs', 'secrets', ['kubeadm-certs'], [constants.BOOTSTRAPPERS])


def _let_read(client, name, resource, names, groups):
    rule = {'apiGroups': [''], 'resources': [resource], 'resourceNames': names, 'verbs': ['get']}
    client.ensure(ROLE, {**_head(ROLE, name, 'kube-system'), 'rules': [rule]})
    client.ensure(BINDING, {**_head(BINDING, name, 'kube-system'), **_granting('Role', name, groups)})


def _granting(kind, role, groups):
    return {
        'roleRef': {'apiGroup': kinds.RBAC, 'kind': kind, 'name': role},
        'subjects': [{'kind': 'Group', 'name': group} for group in groups],
    }


def _head(kind, name, namespace=None):
    return {
        'apiVersion': kind.api_version,
        'kind': kind.kind,
        'metadata': {'name': name, **({'namespace': namespace} if namespace else {})},
    }
