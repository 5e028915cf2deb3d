"""Longhorn's nodes: what is made of a node of Kubernetes, and how it is."""
import os
import uuid

from cluster import clock
from cluster.controllers.nodes import ready
from cluster.controllers.pods import is_ready

LABEL = 'node.longhorn.io/create-default-disk'
FOLDER = '/var/lib/longhorn/'
RESERVED = 0.3  # of a disk, for everything else on it


def first(kubernetes, namespace):
    """The object that is made when the manager starts on a node, as with the setting create-default-disk-labeled-nodes."""
    name = kubernetes['metadata']['name']
    disks = default_disks() if wants_default_disk(kubernetes) else {}
    return {'apiVersion': 'longhorn.io/v1beta2', 'kind': 'Node', 'metadata': {'name': name, 'namespace': namespace},
            'spec': {'name': name, 'allowScheduling': True, 'evictionRequested': False, 'disks': disks, 'tags': []}}


def wants_default_disk(kubernetes):
    return (kubernetes['metadata'].get('labels') or {}).get(LABEL) == 'true'


def default_disks():
    return {'default-disk-' + uuid.uuid4().hex[:12]: {
        'diskType': 'filesystem', 'path': FOLDER, 'allowScheduling': True, 'evictionRequested': False, 'tags': [],
        'storageReserved': int(_size() * RESERVED)}}


def status(item, kubernetes, manager):
    """What follows from the state of the node and of its manager pod."""
    name, spec, before = item['metadata']['name'], item['spec'], item.get('status') or {}
    problem = _problem(name, kubernetes, manager)
    cordoned = bool(kubernetes) and bool((kubernetes.get('spec') or {}).get('unschedulable'))
    conditions = [_condition(before, 'Ready', not problem, *(problem or ('', 'Node %s is ready' % name))),
                  _condition(before, 'Schedulable', not cordoned, 'KubernetesNodeCordoned' if cordoned else '',
                             'Node %s is cordoned' % name if cordoned else '')]
    disks = {disk: _disk(disk, each, (before.get('diskStatus') or {}).get(disk) or {}, bool(problem))
             for disk, each in (spec.get('disks') or {}).items()}
    gone = {disk: None for disk in before.get('diskStatus') or {} if disk not in disks}
    return {**before, 'conditions': conditions, 'diskStatus': {**disks, **gone}, 'region': '', 'zone': '', 'autoEvicting': False}


def _problem(name, kubernetes, manager):
    """(reason, message) of a node that is not ready."""
    if not kubernetes:
        return 'KubernetesNodeGone', 'Kubernetes node missing: node %s has been removed from the cluster' % name
    if not manager:
        return 'ManagerPodMissing', 'Manager pod is missing: node %s has no manager pod running on it' % name
    if not is_ready(manager):
        return 'ManagerPodDown', 'Node %s is down: manager pod %s is not running' % (name, manager['metadata']['name'])
    if ready(kubernetes) != 'True':
        return 'KubernetesNodeNotReady', 'Kubernetes node %s not ready: NodeStatusUnknown' % name
    return None


def _disk(name, spec, before, node_is_down):
    reason = 'NodeNotReady' if node_is_down else ''
    schedulable = not node_is_down and spec.get('allowScheduling', False)
    return {'conditions': [_condition(before, 'Ready', not node_is_down, reason, '' if node_is_down else 'Disk %s(%s) is ready' % (name, spec['path'])),
                           _condition(before, 'Schedulable', schedulable, reason, '')],
            'diskName': name, 'diskPath': spec['path'], 'diskType': spec.get('diskType', 'filesystem'), 'filesystemType': 'ext2/ext3',
            'diskUUID': before.get('diskUUID') or str(uuid.uuid4()), 'storageMaximum': _size(), 'storageAvailable': _size(), 'storageScheduled': 0,
            'scheduledReplica': {}}


def _condition(before, name, holds, reason, message):
    """Its time moves only when its status does."""
    value = 'True' if holds else 'False'
    held = next((each for each in before.get('conditions') or [] if each['type'] == name), {})
    since = held.get('lastTransitionTime') if held.get('status') == value else clock.stamp()
    return {'type': name, 'status': value, 'reason': reason, 'message': message, 'lastProbeTime': '', 'lastTransitionTime': since}


def _size():
    """Bytes of the file system here, in place of that of each node."""
    found = os.statvfs('/var/lib')
    return found.f_blocks * found.f_frsize
