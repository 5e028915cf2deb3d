"""Who may do what: administrators all, nodes their own work, everybody else what role bindings in the cluster say."""
from .. import kinds
from ..errors import ApiError

OPEN = ('/healthz', '/livez', '/readyz', '/version')
READ = {'get', 'list', 'watch'}
NODE_WRITES = {'nodes', 'pods', 'leases', 'events', 'certificatesigningrequests', 'csinodes'}
BUILT_IN = {  # what the real server makes sure of at its start, as far as anything here needs it
    'system:node-bootstrapper': [{'verbs': ['create', *READ], 'apiGroups': ['certificates.k8s.io'], 'resources': ['certificatesigningrequests']}],
    'view': [{'verbs': sorted(READ), 'apiGroups': ['*'], 'resources': ['*']}],
    'cluster-admin': [{'verbs': ['*'], 'apiGroups': ['*'], 'resources': ['*']}],
}


def require(store, user, verb, kind, namespace, name, subresource=None):
    if not allowed(store, user, verb, kind, namespace, name, subresource):
        what = '%s/%s' % (kind.plural, subresource) if subresource else kind.plural
        where = 'in the namespace "%s"' % namespace if kind.namespaced and namespace else 'at the cluster scope'
        subject = '%s%s' % (kind.full_name, ' "%s"' % name if name else '')
        raise ApiError(403, '%s is forbidden: User "%s" cannot %s resource "%s" in API group "%s" %s'
                       % (subject, user.name, verb, what, kind.group, where))


def is_open(path):
    return path.startswith(OPEN)


def allowed(store, user, verb, kind, namespace, name, subresource=None):
    if user.is_admin:
        return True
    if 'system:nodes' in user.groups:
        # The real node authorizer lets a node read just the secrets of its own pods.
        return verb in READ and kind is not kinds.SECRET or kind.plural in NODE_WRITES
    if user.name.startswith('system:kube-'):
        return True  # the control plane's own programs
    if kind is kinds.CONFIG_MAP and namespace == 'kube-public' and name == 'cluster-info' and verb == 'get':
        return True
    return any(_permits(rule, verb, kind, name, subresource) for rule in _rules(store, user, namespace))


def _rules(store, user, namespace):
    bindings = [(None, binding) for binding in store.list(kinds.built_in('ClusterRoleBinding', kinds.RBAC))[0]]
    if namespace:
        bindings += [(namespace, binding) for binding in store.list(kinds.built_in('RoleBinding', kinds.RBAC), namespace)[0]]
    for place, binding in bindings:
        if not any(_is(user, subject, place) for subject in binding.get('subjects') or []):
            continue
        wanted = binding['roleRef']
        role = store.find(kinds.built_in(wanted['kind'], kinds.RBAC), place, wanted['name'])
        yield from (role or {}).get('rules') or BUILT_IN.get(wanted['name'], [])


def _is(user, subject, place):
    if subject['kind'] == 'Group':
        return subject['name'] in user.groups
    if subject['kind'] == 'ServiceAccount':
        return user.name == 'system:serviceaccount:%s:%s' % (subject.get('namespace') or place, subject['name'])
    return user.name == subject['name']


def _permits(rule, verb, kind, name, subresource):
    resource = '%s/%s' % (kind.plural, subresource) if subresource else kind.plural
    names = rule.get('resourceNames')
    return _in(verb, rule.get('verbs')) and _in(kind.group, rule.get('apiGroups')) and _in(resource, rule.get('resources')) \
        and (not names or name in names)


def _in(value, listed):
    return '*' in (listed or []) or value in (listed or [])
