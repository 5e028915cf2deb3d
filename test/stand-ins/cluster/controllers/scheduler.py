"""Gives every pod without a node the one that has the fewest pods, of those it may run on."""
from collections import Counter

from .. import clock, kinds
from . import pods


def schedule(cluster):
    load = Counter(pod['spec'].get('nodeName') for pod in cluster.pods)
    for pod in cluster.pods:
        if pod['spec'].get('nodeName') or 'deletionTimestamp' in pod['metadata']:
            continue
        open_nodes = [node['metadata']['name'] for node in cluster.nodes if _may_run(pod, node)]
        metadata = pod['metadata']
        if open_nodes:
            chosen = min(open_nodes, key=lambda name: (load[name], name))
            load[chosen] += 1
            cluster.client.call('POST', kinds.POD.path(metadata['namespace'], metadata['name'], 'binding'), {
                'apiVersion': 'v1', 'kind': 'Binding', 'metadata': {'name': metadata['name']}, 'target': {'kind': 'Node', 'name': chosen}})
        elif not (pod.get('status') or {}).get('conditions'):
            _say_unschedulable(cluster, pod)


def _say_unschedulable(cluster, pod):
    message = '0/%d nodes are available' % len(cluster.nodes)
    cluster.client.patch(kinds.POD, pod['metadata']['namespace'], pod['metadata']['name'], {'status': {'conditions': [
        {'type': 'PodScheduled', 'status': 'False', 'reason': 'Unschedulable', 'message': message, 'lastTransitionTime': clock.stamp()}]}}, 'status')


def _may_run(pod, node):
    spec, labels = node.get('spec') or {}, node['metadata'].get('labels') or {}
    if spec.get('unschedulable'):
        return False
    selector = pod['spec'].get('nodeSelector') or {}
    taints = [taint for taint in spec.get('taints') or [] if taint['effect'] != 'PreferNoSchedule']
    return all(labels.get(key) == value for key, value in selector.items()) and all(pods.tolerates(pod, taint) for taint in taints)
