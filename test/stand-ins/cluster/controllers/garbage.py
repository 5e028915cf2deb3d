"""Deletes what lost its last owner, and the pods of nodes that are gone."""
from .. import kinds

DEPENDENT = (kinds.REPLICA_SET, kinds.SECRET, kinds.POD, kinds.LEASE)


def collect(cluster):
    owners = {node['metadata']['uid'] for node in cluster.nodes}
    for kind in (kinds.DEPLOYMENT, kinds.REPLICA_SET, kinds.STATEFUL_SET, kinds.DAEMON_SET, kinds.SECRET, kinds.built_in('Job', 'batch')):
        owners |= {item['metadata']['uid'] for item in cluster.list(kind)}
    names = {node['metadata']['name'] for node in cluster.nodes}
    for kind in DEPENDENT:
        for item in cluster.list(kind):
            references = item['metadata'].get('ownerReferences') or []
            orphan = references and all(each['kind'] in OWNERS and each['uid'] not in owners for each in references)
            homeless = kind is kinds.POD and item['spec'].get('nodeName') and item['spec']['nodeName'] not in names
            if orphan or homeless:
                cluster.client.delete(kind, item['metadata'].get('namespace'), item['metadata']['name'], {'gracePeriodSeconds': 0})


OWNERS = {'Node', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Secret', 'Job'}
