"""Deployments, replica sets and stateful sets: as many pods as they ask for."""
import hashlib
import json

from .. import clock, kinds
from . import pods


def run_deployments(cluster):
    for deployment in cluster.list(kinds.DEPLOYMENT):
        if 'deletionTimestamp' not in deployment['metadata']:
            _run_deployment(cluster, deployment)


def _run_deployment(cluster, deployment):
    metadata, spec = deployment['metadata'], deployment['spec']
    digest = hashlib.sha256(json.dumps(spec['template'], sort_keys=True).encode()).hexdigest()[:10]
    name, namespace = '%s-%s' % (metadata['name'], digest), metadata['namespace']
    current = None
    for owned in pods.owned(cluster.list(kinds.REPLICA_SET), deployment):
        replicas = spec['replicas'] if owned['metadata']['name'] == name else 0
        if owned['spec'].get('replicas') != replicas:
            owned = cluster.client.patch(kinds.REPLICA_SET, namespace, owned['metadata']['name'], {'spec': {'replicas': replicas}})
        current = owned if owned['metadata']['name'] == name else current
    if current is None:
        labels = {**(spec['template'].get('metadata') or {}).get('labels', {}), 'pod-template-hash': digest}
        template = {**spec['template'], 'metadata': {**(spec['template'].get('metadata') or {}), 'labels': labels}}
        current = cluster.client.create(kinds.REPLICA_SET, {
            'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'metadata': {'name': name, 'namespace': namespace, 'labels': labels,
                                                                       'ownerReferences': [pods.reference(deployment)]},
            'spec': {'replicas': spec['replicas'], 'selector': {'matchLabels': labels}, 'template': template}})
    _report(cluster, kinds.DEPLOYMENT, deployment, pods.owned(cluster.pods, current))


def run_sets(cluster):
    for kind in (kinds.REPLICA_SET, kinds.STATEFUL_SET):
        for owner in cluster.list(kind):
            if 'deletionTimestamp' not in owner['metadata']:
                _run_set(cluster, kind, owner)


def _run_set(cluster, kind, owner):
    metadata, wanted = owner['metadata'], owner['spec'].get('replicas', 1)
    have = [pod for pod in pods.owned(cluster.pods, owner) if 'deletionTimestamp' not in pod['metadata']]
    names = {pod['metadata']['name'] for pod in pods.owned(cluster.pods, owner)}
    for number in range(len(have), wanted):
        name = '%s-%s' % (metadata['name'], pods.suffix() if kind is kinds.REPLICA_SET else number)
        if name not in names:
            cluster.pods.append(cluster.client.create(kinds.POD, pods.of_template(owner, owner['spec']['template'], name)))
    for pod in sorted(have, key=lambda each: each['metadata']['name'])[wanted:]:
        cluster.client.delete(kinds.POD, metadata['namespace'], pod['metadata']['name'])
    _report(cluster, kind, owner, have)


def _report(cluster, kind, owner, have):
    ready = sum(1 for pod in have if pods.is_ready(pod) and 'deletionTimestamp' not in pod['metadata'])
    before = owner.get('status') or {}
    status = {'observedGeneration': owner['metadata'].get('generation', 1), 'replicas': len(have), 'readyReplicas': ready,
              'availableReplicas': ready, 'updatedReplicas': len(have)}
    if kind is kinds.DEPLOYMENT:
        available = 'True' if ready >= owner['spec']['replicas'] else 'False'
        held = next((each for each in before.get('conditions') or [] if each['type'] == 'Available'), {})
        changed = held.get('lastTransitionTime') if held.get('status') == available else clock.stamp()
        status['conditions'] = [{'type': 'Available', 'status': available, 'lastTransitionTime': changed,
                                 'reason': 'MinimumReplicasAvailable' if available == 'True' else 'MinimumReplicasUnavailable'}]
    if status != before:
        cluster.client.replace(kind, {**owner, 'status': status}, 'status')
