"""What lies under an object: eviction and binding of pods, scale, approval of requests, tokens of service accounts."""
from .. import clock, kinds, selectors
from ..errors import ApiError
from .authn import make_service_token

TOO_MANY = "Cannot evict pod as it would violate the pod's disruption budget."
SUCCESS = {'kind': 'Status', 'apiVersion': 'v1', 'metadata': {}, 'status': 'Success'}


def act(api, request, kind, namespace, name, subresource):
    """Answers a request for a subresource other than `status`."""
    if kind is kinds.POD and subresource == 'eviction' and request.method == 'POST':
        return _evict(api, namespace, name, request.body)
    if kind is kinds.POD and subresource == 'binding' and request.method == 'POST':
        return _bind(api, namespace, name, request.body['target']['name'])
    if kind is kinds.SIGNING_REQUEST and subresource == 'approval' and request.method in ('PUT', 'PATCH'):
        return api.resources.change(kind, None, name, lambda current: {**current, 'status': {**current.get('status', {}), **request.body['status']}})
    if kind is kinds.SERVICE_ACCOUNT and subresource == 'token' and request.method == 'POST':
        return _token(api, namespace, name, request.body or {})
    if subresource == 'scale':
        return _scale(api, request, kind, namespace, name)
    raise ApiError(404, 'the server could not find the requested resource')


def _evict(api, namespace, name, eviction):
    """Deletes a pod if its disruption budgets allow it."""
    pod = api.store.get(kinds.POD, namespace, name)
    labels = pod['metadata'].get('labels') or {}
    for budget in api.store.list(kinds.BUDGET, namespace)[0]:
        if selectors.matches(labels, budget['spec'].get('selector')) and _is_ready(pod) and _allowed(api, namespace, budget) < 1:
            raise ApiError(429, TOO_MANY, details={'causes': [{'reason': 'DisruptionBudget', 'message':
                           'The disruption budget %s needs %s healthy pods' % (budget['metadata']['name'], budget['spec'].get('minAvailable', 'its'))}]})
    api.resources.delete(kinds.POD, namespace, name, (eviction or {}).get('deleteOptions'))
    return {**SUCCESS, 'code': 201}


def _allowed(api, namespace, budget):
    """How many pods may go now."""
    spec = budget['spec']
    pods = [pod for pod in api.store.list(kinds.POD, namespace)[0] if selectors.matches(pod['metadata'].get('labels') or {}, spec.get('selector'))]
    healthy = sum(1 for pod in pods if _is_ready(pod))
    expected = max(_expected(api, namespace, pods), len(pods))
    if 'minAvailable' in spec:
        return healthy - _count(spec['minAvailable'], expected)
    return healthy - (expected - _count(spec.get('maxUnavailable', 0), expected))


def _expected(api, namespace, pods):
    """How many pods their controllers want."""
    owners = {owner['uid']: (owner['kind'], owner['name']) for pod in pods for owner in pod['metadata'].get('ownerReferences') or []}
    wanted = 0
    for kind_name, name in owners.values():
        kind = kinds.BY_KIND.get(('apps', kind_name))
        found = api.store.find(kind, namespace, name) if kind else None
        wanted += ((found or {}).get('spec') or {}).get('replicas', 0)
    return wanted


def _count(number, whole):
    """A number, or a share such as 50% rounded up."""
    if isinstance(number, int) or not str(number).endswith('%'):
        return int(number)
    return -(-whole * int(number[:-1]) // 100)


def _is_ready(pod):
    return not pod['metadata'].get('deletionTimestamp') and any(
        each['type'] == 'Ready' and each['status'] == 'True' for each in pod.get('status', {}).get('conditions') or [])


def _bind(api, namespace, name, node):
    def bind(pod):
        if pod['spec'].get('nodeName'):
            raise ApiError(409, 'Operation cannot be fulfilled on pods/binding "%s": pod %s is already assigned to node "%s"'
                           % (name, name, pod['spec']['nodeName']))
        return {**pod, 'spec': {**pod['spec'], 'nodeName': node}}

    api.resources.change(kinds.POD, namespace, name, bind)
    return SUCCESS


def _token(api, namespace, name, wanted):
    api.store.get(kinds.SERVICE_ACCOUNT, namespace, name)
    life = (wanted.get('spec') or {}).get('expirationSeconds') or 3600
    return {'kind': 'TokenRequest', 'apiVersion': 'authentication.k8s.io/v1', 'metadata': {'name': name, 'namespace': namespace},
            'status': {'token': make_service_token(api.service_key, namespace, name, life), 'expirationTimestamp': clock.stamp(clock.now() + life)}}


def _scale(api, request, kind, namespace, name):
    if request.method == 'GET':
        found = api.store.get(kind, namespace, name)
    else:
        replicas = request.body['spec']['replicas']
        found = api.resources.change(kind, namespace, name, lambda current: {
            **current, 'metadata': {**current['metadata'], 'generation': current['metadata'].get('generation', 0) + 1},
            'spec': {**current['spec'], 'replicas': replicas}})
    return {'kind': 'Scale', 'apiVersion': 'autoscaling/v1', 'metadata': found['metadata'], 'spec': {'replicas': found['spec']['replicas']},
            'status': {'replicas': (found.get('status') or {}).get('replicas', 0)}}
