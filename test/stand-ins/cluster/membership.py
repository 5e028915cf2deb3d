"""How a host becomes a voting member of etcd: as a learner first, promoted when it has caught up."""
import time

from . import member
from .etcd import EtcdError

PAUSE_SECONDS = 0.5
TOO_MANY_LEARNERS = 'etcdserver: too many learner members in cluster'
UNHEALTHY = 'etcdserver: unhealthy cluster'
PEER_EXISTS = 'etcdserver: Peer URLs already exists'


def invite(etcd, name, address, learner=True, patience=120, retry=True):
    """Adds a member and gives what it must be started with: NAME=PEER_URL,... of all members.
    What etcd refuses (another learner, an unhealthy cluster) may pass, so it is asked again until `patience` seconds are over."""
    own = member.peer_url(address)
    members = _until(lambda: _add(etcd, own, learner), patience if retry else 0)
    # A member that was added and has not started yet has no name; its identity stands for it.
    return ','.join('%s=%s' % (name if own in each['peerURLs'] else each['name'] or '%x' % int(each['ID']), each['peerURLs'][0])
                    for each in members)


def _add(etcd, peer_url, learner):
    try:
        etcd.add_member(peer_url, learner)
    except EtcdError as error:
        if str(error) != PEER_EXISTS:
            raise
    return etcd.members()


def promote(etcd, address, patience=120):
    """Makes a voter of the learner at an address, as soon as it is in sync with the leader.
    As kubeadm does, it asks again whatever etcd answers (an election, a timeout), until `patience` seconds are over."""
    _until(lambda: _promote(etcd, member.peer_url(address)), patience)


def _promote(etcd, peer_url):
    found = etcd.member_of(peer_url)
    if found is None:
        raise EtcdError('etcdserver: member not found')
    if found['isLearner']:
        etcd.promote_member(found['ID'])


def leave(etcd, address):
    """Removes the member at an address; gives whether there was one."""
    found = etcd.member_of(member.peer_url(address))
    if found:
        etcd.remove_member(found['ID'])
    return found is not None


def check_health(etcd, timeout=2):
    """[(client URL, problem)] of the members that do not answer; a member that never started has no URL and counts."""
    problems = []
    for each in etcd.members(linearizable=False):
        if not each['clientURLs']:
            problems.append((each['peerURLs'][0], 'never started'))
            continue
        try:
            etcd.only(each['clientURLs'][0]).status(timeout)
        except EtcdError as error:
            problems.append((each['clientURLs'][0], str(error)))
    return problems


def _until(act, patience):
    deadline = time.monotonic() + patience
    while True:
        try:
            return act()
        except EtcdError as error:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)
