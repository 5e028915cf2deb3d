"""Membership in etcd, as kubeadm handles it: the members are found by the annotations of their pods."""

from cluster import kinds, member, membership
from cluster.etcd import Etcd, EtcdError

from . import constants, hooks, manifests
from .certificates import path
from .failure import Fatal
from .hooks import patience
from .wait import until

CALL_SECONDS = 2
CHECKS, CHECK_SECONDS = 8, 5


def connect(client):
    """A client of all members that have started and vote."""
    pods = until(
        lambda: client.list(kinds.POD, 'kube-system', labelSelector='component=etcd,tier=control-plane'),
        constants.API_CALL,
        'could not retrieve the list of etcd endpoints',
    )
    endpoints = [
        pod['metadata']['annotations'][constants.ETCD_ANNOTATION]
        for pod in pods
        if constants.ETCD_ANNOTATION in (pod['metadata'].get('annotations') or {})
    ]
    etcd = Etcd(endpoints, path('etcd/ca.crt'), path('etcd/healthcheck-client.crt'), path('etcd/healthcheck-client.key'), CALL_SECONDS)
    members = until(etcd.members, constants.ETCD_CALL, 'error syncing endpoints with etcd')
    etcd.endpoints = [url for each in members if not each['isLearner'] for url in each['clientURLs']] or endpoints
    return etcd


def check(client):
    """Every member must answer: one that is gone and was not removed keeps others from joining."""
    etcd = connect(client)
    for endpoint in etcd.endpoints:
        _require_answer(etcd, endpoint, 'etcd cluster is not healthy: failed to dial endpoint %s with maintenance client' % endpoint)


def _require_answer(etcd, endpoint, problem):
    def ask():
        try:
            return etcd.only(endpoint).status(CALL_SECONDS)
        except EtcdError as error:
            raise EtcdError('context deadline exceeded' if not error.reachable else str(error))

    until(ask, constants.ETCD_CALL, problem, pause=0.5)


def join(client, settings):
    """Adds this host as a learner, starts it, and has it promoted when it has caught up."""
    etcd = connect(client)
    try:
        learner = (settings.cluster.get('featureGates') or {}).get('EtcdLearnerMode', True)
        cluster = membership.invite(etcd, settings.node, settings.address, learner, patience=patience(constants.ETCD_CALL))
        print('[etcd] Announced new etcd member joining to the existing etcd cluster')
        hooks.at('after', 'control-plane-join/etcd/announce')
        manifests.etcd(settings, cluster)
        membership.promote(etcd, settings.address, patience=patience(constants.ETCD_CALL))
        print('[etcd] Waiting for the new etcd member to join the cluster. This can take up to %ds' % (CHECKS * CHECK_SECONDS))
        until(
            lambda: etcd.only(member.client_url(settings.address)).status(CALL_SECONDS),
            CHECKS * CHECK_SECONDS,
            'timeout waiting for etcd cluster to be available',
            pause=0.5,
        )
    except (EtcdError, Fatal) as error:
        raise Fatal('error creating local etcd static pod manifest file: %s' % error)


def leave(client, settings):
    """Removes this host's member, unless it is the last one."""
    etcd = connect(client)
    own = member.client_url(settings.address)
    others = [url for url in etcd.endpoints if url != own]
    if not others and own in etcd.endpoints and len(etcd.members()) == 1:
        return
    etcd.endpoints = others or etcd.endpoints
    until(lambda: [membership.leave(etcd, settings.address)], constants.ETCD_CALL, 'could not remove the member', pause=0.5)
