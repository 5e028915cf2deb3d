"""What the servers do about each other: promote learners, say on nodes whether they vote, let deleted nodes leave."""
import threading
import time
from urllib.parse import urlsplit

from cluster import clock
from cluster.errors import ApiError
from cluster.etcd import EtcdError
from cluster.kinds import NODE

from . import log, nodepasswords

TICK = 3  # seconds; k3s looks every 15
MAX_STALL = 300  # seconds without progress until a learner is removed
ETCD_LABEL = 'node-role.kubernetes.io/etcd'
MEMBER_NAME, MEMBER_ADDRESS = 'etcd.k3s.cattle.io/node-name', 'etcd.k3s.cattle.io/node-address'
REMOVE, REMOVED = 'etcd.k3s.cattle.io/remove', 'etcd.k3s.cattle.io/removed-node-name'
CONDITIONS = {
    'learner': ('False', 'MemberIsLearner', 'Node has not been promoted to voting member of the etcd cluster'),
    'voter': ('True', 'MemberNotLearner', 'Node is a voting member of the etcd cluster'),
    'unhealthy': ('False', 'Unhealthy', 'Node is unhealthy'),
    'unjoined': ('False', 'NotAMember', 'Node is not a member of the etcd cluster'),
}


class Keeper(threading.Thread):
    """Runs on every server and acts on the one whose etcd leads."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.store = server, server.api.store
        self.known = {}
        self.gone = {}  # nodes that were deleted and whose members may still be there, by name: as k3s's finalizer, it tries again
        self.stalls = {}

    def run(self):
        while True:
            try:
                self._look()
            except (EtcdError, ApiError, OSError) as error:
                log.error('Failed to check etcd status for learner management: %s', error)
            time.sleep(TICK)

    def _look(self):
        nodes = {node['metadata']['name']: node for node in self.store.list(NODE)[0]}
        self.gone.update((name, node) for name, node in self.known.items() if name not in nodes)
        self.known = nodes
        if not self.server.member or self._leads():
            for name in self.gone:
                nodepasswords.forget(self.store, name)
            if self.server.member:
                self._keep_members(nodes)
        members = self._member_names() if self.server.member and self.gone else ()
        self.gone = {name: node for name, node in self.gone.items() if _annotations(node).get(MEMBER_NAME) in members}

    def _leads(self):
        status = self.server.member.client().status()
        return status['header']['member_id'] == status.get('leader')

    def _member_names(self):
        return [member['name'] for member in self.server.member.client().members()]

    def _keep_members(self, nodes):
        etcd = self.server.member.client()
        for node in [*self.gone.values(), *(node for node in nodes.values() if _annotations(node).get(REMOVE, '').lower() == 'true')]:
            self._remove_member_of(etcd, node)
        of_member = {_annotations(node).get(MEMBER_NAME): name for name, node in nodes.items() if ETCD_LABEL in _labels(node)}
        states = {name: 'unjoined' for name in of_member.values()}
        for member in etcd.members():
            state = self._keep(etcd, member)
            if member['name'] in of_member:
                states[of_member[member['name']]] = state
        for name, state in states.items():
            self._set_condition(name, state)

    def _keep(self, etcd, member):
        """Promotes a learner that has caught up; removes one that does not get on. The state of the member."""
        alive = member['clientURLs'] and _answers(etcd.only(member['clientURLs'][0]))
        if not member['isLearner']:
            return 'voter' if alive else 'unhealthy'
        try:
            etcd.promote_member(member['ID'])
            log.info('Promoted learner %s', member['name'])
            return 'voter'
        except EtcdError:
            since = self.stalls.setdefault(member['ID'], clock.now())
        if alive:
            self.stalls[member['ID']] = clock.now()
        elif clock.now() - since > MAX_STALL:
            etcd.remove_member(member['ID'])
            log.warning('Removed learner %s from etcd cluster', member['name'])
        elif clock.now() > since:
            log.warning('Learner %s stalled for %ds', member['name'], clock.now() - since)
        return 'learner'

    def _remove_member_of(self, etcd, node):
        notes = _annotations(node)
        if MEMBER_NAME not in notes or REMOVED in notes:
            return
        for member in etcd.members():
            if member['name'] == notes[MEMBER_NAME] and urlsplit(member['peerURLs'][0]).hostname == notes[MEMBER_ADDRESS]:
                log.info('Removing name=%s id=%s address=%s from etcd', member['name'], member['ID'], notes[MEMBER_ADDRESS])
                etcd.remove_member(member['ID'])
        if node['metadata']['name'] in self.known:
            self._note_removal(node['metadata']['name'], notes[MEMBER_NAME])

    def _note_removal(self, name, member):
        def note(node):
            notes = {key: value for key, value in _annotations(node).items() if key not in (MEMBER_NAME, MEMBER_ADDRESS)}
            return {**node, 'metadata': {**node['metadata'], 'annotations': {**notes, REMOVED: member}}}
        self.server.api.resources.change(NODE, None, name, note)

    def _set_condition(self, name, state):
        status, reason, message = CONDITIONS[state]

        def change(node):
            conditions = node.get('status', {}).get('conditions', [])
            held = next((each for each in conditions if each['type'] == 'EtcdIsVoter'), None)
            if held and (held['status'], held['reason']) == (status, reason):
                return node
            fresh = {'type': 'EtcdIsVoter', 'status': status, 'reason': reason, 'message': message,
                     'lastHeartbeatTime': clock.stamp(), 'lastTransitionTime': clock.stamp()}
            others = [each for each in conditions if each['type'] != 'EtcdIsVoter']
            return {**node, 'status': {**node.get('status', {}), 'conditions': [fresh, *others]}}
        try:
            self.server.api.resources.change(NODE, None, name, change)
        except ApiError as error:
            log.error('Unable to set etcd status condition %s: %s', name, error)


def _answers(etcd):
    try:
        return not etcd.status(timeout=2).get('errors')
    except EtcdError:
        return False


def _annotations(node):
    return node['metadata'].get('annotations') or {}


def _labels(node):
    return node['metadata'].get('labels') or {}
