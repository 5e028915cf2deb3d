"""The types that the API knows without a CustomResourceDefinition, and how types are named."""
from typing import NamedTuple


class Kind(NamedTuple):
    group: str  # '' for the core
    version: str
    kind: str
    plural: str
    short: tuple
    namespaced: bool
    status: bool  # has a subresource `status`
    custom: bool = False
    columns: tuple = ()  # (title, JSONPath) that kubectl prints

    @property
    def api_version(self):
        return '%s/%s' % (self.group, self.version) if self.group else self.version

    @property
    def singular(self):
        return self.kind.lower()

    @property
    def full_name(self):
        """As messages name the type: deployments.apps."""
        return '%s.%s' % (self.plural, self.group) if self.group else self.plural

    def path(self, namespace=None, name=None, subresource=None):
        parts = ['/apis/' + self.group if self.group else '/api', self.version]
        parts += ['namespaces', namespace] if self.namespaced and namespace else []
        return '/'.join(part for part in [*parts, self.plural, name, subresource] if part)

    def prefix(self, namespace=None):
        """Where its objects lie in etcd."""
        group = self.group + '/' if self.custom else ''
        return '/registry/%s%s/' % (group, self.plural) + (namespace + '/' if namespace else '')

    def key(self, namespace, name):
        return self.prefix(namespace if self.namespaced else None) + name


def _rows(group, version, *rows):
    return [Kind(group, version, kind, plural, tuple(short.split()), namespaced, status)
            for kind, plural, short, namespaced, status in rows]


BUILT_IN = (
    _rows('', 'v1',
          ('Node', 'nodes', 'no', False, True),
          ('Namespace', 'namespaces', 'ns', False, True),
          ('Pod', 'pods', 'po', True, True),
          ('Secret', 'secrets', '', True, False),
          ('ConfigMap', 'configmaps', 'cm', True, False),
          ('Service', 'services', 'svc', True, True),
          ('ServiceAccount', 'serviceaccounts', 'sa', True, False),
          ('Endpoints', 'endpoints', 'ep', True, False),
          ('Event', 'events', 'ev', True, False),
          ('PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc', True, True),
          ('PersistentVolume', 'persistentvolumes', 'pv', False, True))
    + _rows('apps', 'v1',
            ('Deployment', 'deployments', 'deploy', True, True),
            ('ReplicaSet', 'replicasets', 'rs', True, True),
            ('StatefulSet', 'statefulsets', 'sts', True, True),
            ('DaemonSet', 'daemonsets', 'ds', True, True))
    + _rows('batch', 'v1', ('Job', 'jobs', '', True, True), ('CronJob', 'cronjobs', 'cj', True, True))
    + _rows('policy', 'v1', ('PodDisruptionBudget', 'poddisruptionbudgets', 'pdb', True, True))
    + _rows('coordination.k8s.io', 'v1', ('Lease', 'leases', '', True, False))
    + _rows('certificates.k8s.io', 'v1', ('CertificateSigningRequest', 'certificatesigningrequests', 'csr', False, True))
    + _rows('rbac.authorization.k8s.io', 'v1',
            ('Role', 'roles', '', True, False), ('RoleBinding', 'rolebindings', '', True, False),
            ('ClusterRole', 'clusterroles', '', False, False), ('ClusterRoleBinding', 'clusterrolebindings', '', False, False))
    + _rows('storage.k8s.io', 'v1', ('StorageClass', 'storageclasses', 'sc', False, False),
            ('CSINode', 'csinodes', '', False, False), ('VolumeAttachment', 'volumeattachments', '', False, True))
    + _rows('scheduling.k8s.io', 'v1', ('PriorityClass', 'priorityclasses', 'pc', False, False))
    + _rows('networking.k8s.io', 'v1', ('Ingress', 'ingresses', 'ing', True, True), ('NetworkPolicy', 'networkpolicies', 'netpol', True, False))
    + _rows('apiextensions.k8s.io', 'v1', ('CustomResourceDefinition', 'customresourcedefinitions', 'crd', False, True))
)

BY_PLURAL = {(kind.group, kind.plural): kind for kind in BUILT_IN}
BY_KIND = {(kind.group, kind.kind): kind for kind in BUILT_IN}


def built_in(name, group=''):
    return BY_KIND[group, name]


NODE, POD, NAMESPACE, SECRET = (built_in(name) for name in ('Node', 'Pod', 'Namespace', 'Secret'))
CONFIG_MAP, SERVICE_ACCOUNT = built_in('ConfigMap'), built_in('ServiceAccount')
DAEMON_SET, DEPLOYMENT, REPLICA_SET, STATEFUL_SET = (built_in(name, 'apps') for name in ('DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'))
LEASE = built_in('Lease', 'coordination.k8s.io')
BUDGET = built_in('PodDisruptionBudget', 'policy')
SIGNING_REQUEST = built_in('CertificateSigningRequest', 'certificates.k8s.io')
CUSTOM = built_in('CustomResourceDefinition', 'apiextensions.k8s.io')
RBAC = 'rbac.authorization.k8s.io'


def of_definition(definition):
    """The types that a CustomResourceDefinition brings: one for each version that is served."""
    spec = definition['spec']
    names = spec['names']
    return [Kind(spec['group'], version['name'], names['kind'], names['plural'], tuple(names.get('shortNames') or ()),
                 spec.get('scope', 'Namespaced') == 'Namespaced', 'status' in (version.get('subresources') or {}), True,
                 tuple((column['name'], column['jsonPath']) for column in version.get('additionalPrinterColumns') or ()))
            for version in spec.get('versions', []) if version.get('served', True)]
