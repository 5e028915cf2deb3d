"""flux check: the cluster's version, the controllers and the types of Flux."""
from cluster import kinds
from cluster.errors import ApiError

from .console import act, fail, succeed

PART_OF = {'labelSelector': 'app.kubernetes.io/part-of=flux'}
OLDEST = (1, 27)  # that this version of Flux takes


def run(client, options):
    act('checking prerequisites')
    passed = _check_version(client)
    if options.pre:
        if passed:
            succeed('prerequisites checks passed')
        return 0 if passed else 1
    for title, check in (('version in cluster', _check_installed), ('controllers', _check_controllers), ('crds', _check_types)):
        act('checking ' + title)
        passed = check(client, options) and passed
    if not passed:
        fail('check failed')
        return 1
    succeed('all checks passed')
    return 0


def _check_version(client):
    try:
        version = client.call('GET', '/version')['gitVersion']
    except (ApiError, OSError) as error:
        fail('Kubernetes API call failed: %s' % error)
        return False
    number = version.lstrip('v').split('+')[0]
    wanted = '>=%d.%d.0-0' % OLDEST
    if tuple(int(part) for part in number.split('.')[:2]) < OLDEST:
        fail('Kubernetes version %s does not match %s' % (version, wanted))
        return False
    succeed('Kubernetes %s %s' % (version.lstrip('v'), wanted))
    return True


def _check_installed(client, options):
    name = 'gitrepositories.source.toolkit.fluxcd.io'
    try:
        labels = client.get(kinds.CUSTOM, None, name)['metadata'].get('labels') or {}
    except (ApiError, OSError) as error:
        fail('checking failed: %s' % error)
        return False
    succeed('distribution: flux-%s' % labels.get('app.kubernetes.io/version', ''))
    succeed('bootstrapped: %s' % str('kustomize.toolkit.fluxcd.io/name' in labels).lower())
    return True


def _check_controllers(client, options):
    found = client.list(kinds.DEPLOYMENT, options.namespace, **PART_OF)
    if not found:
        fail("no controllers found in the '%s' namespace with the label selector 'app.kubernetes.io/part-of=flux'" % options.namespace)
    passed = bool(found)
    for item in found:
        name, status = item['metadata']['name'], item.get('status') or {}
        if status.get('availableReplicas', 0) >= item['spec'].get('replicas', 1):
            succeed('%s: deployment ready' % name)
        else:
            fail('%s: deployment not ready' % name)
            passed = False
        for container in item['spec']['template']['spec']['containers']:
            act(container['image'])
    return passed


def _check_types(client, options):
    found = client.list(kinds.CUSTOM, **PART_OF)
    if not found:
        fail("no crds found with the label selector 'app.kubernetes.io/part-of=flux'")
    for item in found:
        succeed('%s/%s' % (item['metadata']['name'], item['spec']['versions'][-1]['name']))
    return bool(found)
