"""Says of a node that gave no sign of life that its state is unknown, and keeps what its state means for pods."""
from .. import clock, kinds
from ..client import STRATEGIC

GRACE_SECONDS = 40
EVICTION_SECONDS = 300  # a pod tolerates that long that its node is away
UNREACHABLE, NOT_READY, UNSCHEDULABLE = ('node.kubernetes.io/' + name for name in ('unreachable', 'not-ready', 'unschedulable'))


def watch_nodes(cluster):
    leases = {lease['metadata']['name']: lease for lease in cluster.list(kinds.LEASE) if lease['metadata']['namespace'] == 'kube-node-lease'}
    for node in cluster.nodes:
        name = node['metadata']['name']
        if _age(node, leases.get(name)) > GRACE_SECONDS and ready(node) != 'Unknown':
            _forget(cluster.client, node)
        _taint(cluster.client, node)
    _evict(cluster)


def _age(node, lease):
    last = lease['spec']['renewTime'] if lease else node['metadata']['creationTimestamp']
    return clock.now() - clock.seconds(last)


def ready(node):
    """'True', 'False' or 'Unknown'."""
    conditions = (node.get('status') or {}).get('conditions') or []
    return next((each['status'] for each in conditions if each['type'] == 'Ready'), 'Unknown')


def _forget(client, node):
    conditions = [{**each, 'status': 'Unknown', 'reason': 'NodeStatusUnknown', 'message': 'Kubelet stopped posting node status.',
                   'lastTransitionTime': clock.stamp()} for each in node['status'].get('conditions') or []]
    node['status']['conditions'] = conditions
    client.patch(kinds.NODE, None, node['metadata']['name'], {'status': {'conditions': conditions}}, 'status', STRATEGIC)


def _taint(client, node):
    """The taints that follow from a node's state."""
    state, spec = ready(node), node.get('spec') or {}
    wanted = {(NOT_READY, 'NoSchedule'): state == 'False', (NOT_READY, 'NoExecute'): state == 'False',
              (UNREACHABLE, 'NoSchedule'): state == 'Unknown', (UNREACHABLE, 'NoExecute'): state == 'Unknown',
              (UNSCHEDULABLE, 'NoSchedule'): bool(spec.get('unschedulable'))}
    before = spec.get('taints') or []
    taints = [taint for taint in before if wanted.get((taint['key'], taint['effect']), True)]
    have = {(taint['key'], taint['effect']) for taint in taints}
    taints += [{'key': key, 'effect': effect, 'timeAdded': clock.stamp()} for (key, effect), want in wanted.items() if want and (key, effect) not in have]
    if taints != before:
        node['spec'] = {**spec, 'taints': taints}
        client.patch(kinds.NODE, None, node['metadata']['name'], {'spec': {'taints': taints or None},
                     'metadata': {'resourceVersion': node['metadata']['resourceVersion']}})


def _evict(cluster):
    """Marks the pods of a node that is away for long, but for those of daemon sets."""
    since = {node['metadata']['name']: taint.get('timeAdded') for node in cluster.nodes
             for taint in (node.get('spec') or {}).get('taints') or [] if taint['key'] in (UNREACHABLE, NOT_READY) and taint['effect'] == 'NoExecute'}
    for pod in cluster.pods:
        start = since.get(pod['spec'].get('nodeName'))
        owners = {owner['kind'] for owner in pod['metadata'].get('ownerReferences') or []}
        if start and clock.now() - clock.seconds(start) > EVICTION_SECONDS and not owners & {'DaemonSet', 'Node'} \
                and 'deletionTimestamp' not in pod['metadata']:
            cluster.client.delete(kinds.POD, pod['metadata']['namespace'], pod['metadata']['name'])
