"""A pod of every daemon set on every node that it may run on."""
from .. import kinds
from . import pods
from .nodes import NOT_READY, UNREACHABLE, UNSCHEDULABLE

# What a daemon set's pods tolerate by themselves.
TOLERATED = [(NOT_READY, 'NoExecute'), (UNREACHABLE, 'NoExecute'), (UNSCHEDULABLE, 'NoSchedule'), (NOT_READY, 'NoSchedule'),
             (UNREACHABLE, 'NoSchedule'), ('node.kubernetes.io/disk-pressure', 'NoSchedule'), ('node.kubernetes.io/memory-pressure', 'NoSchedule')]


def run_daemon_sets(cluster):
    for owner in cluster.list(kinds.DAEMON_SET):
        if 'deletionTimestamp' not in owner['metadata']:
            _run(cluster, owner)


def _run(cluster, owner):
    template = {**owner['spec']['template']}
    tolerations = [{'key': key, 'operator': 'Exists', 'effect': effect} for key, effect in TOLERATED]
    template['spec'] = {**template['spec'], 'tolerations': [*(template['spec'].get('tolerations') or []), *tolerations]}
    wanted = [node['metadata']['name'] for node in cluster.nodes if _may_run(template, node)]
    have = {pod['spec'].get('nodeName'): pod for pod in pods.owned(cluster.pods, owner)}
    for node in wanted:
        if node not in have:
            name = '%s-%s' % (owner['metadata']['name'], pods.suffix())
            made = cluster.client.create(kinds.POD, pods.of_template(owner, template, name, node))
            cluster.pods.append(made)
    for node, pod in have.items():
        if node not in wanted and 'deletionTimestamp' not in pod['metadata']:
            cluster.client.delete(kinds.POD, pod['metadata']['namespace'], pod['metadata']['name'])
    ready = sum(1 for node in wanted if node in have and pods.is_ready(have[node]))
    current = sum(1 for node in wanted if node in have)
    status = {'observedGeneration': owner['metadata'].get('generation', 1), 'desiredNumberScheduled': len(wanted), 'numberReady': ready,
              'currentNumberScheduled': current, 'numberAvailable': ready, 'updatedNumberScheduled': current, 'numberMisscheduled': 0}
    if status != owner.get('status'):
        cluster.client.replace(kinds.DAEMON_SET, {**owner, 'status': status}, 'status')


def _may_run(template, node):
    labels, spec = node['metadata'].get('labels') or {}, node.get('spec') or {}
    selector = template['spec'].get('nodeSelector') or {}
    taints = [taint for taint in spec.get('taints') or [] if taint['effect'] != 'PreferNoSchedule']
    return all(labels.get(key) == value for key, value in selector.items()) and all(pods.tolerates(template, taint) for taint in taints)
