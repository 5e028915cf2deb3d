"""Runs all controllers on the one server that holds the lease, as the real controller manager does."""
import os
import sys
import time

from .. import clock, kinds
from ..errors import ApiError
from . import bootstrap, daemonsets, garbage, nodes, ranges, scheduler, signing, workloads

LEASE_SECONDS = 15
ROUND_SECONDS = 0.7
NAME = 'kube-controller-manager'


class Cluster:
    """What is in the cluster at the beginning of a round; the controllers write through `client`."""

    def __init__(self, client, ca, ca_key, pod_network=None):
        self.client, self.ca, self.ca_key, self.pod_network = client, ca, ca_key, pod_network
        self.nodes = client.list(kinds.NODE)
        self.pods = client.list(kinds.POD)


CONTROLLERS = (signing.sign_requests, bootstrap.sign_cluster_info, bootstrap.clean_tokens, nodes.watch_nodes, ranges.assign,
               daemonsets.run_daemon_sets, workloads.run_deployments, workloads.run_sets, scheduler.schedule, garbage.collect)


def run(client, identity, ca, ca_key, stop=None, pod_network=None):
    """Goes on until `stop` (an Event) is set; `identity` names this server in the lease, `pod_network` is what nodes get their part of."""
    while not (stop and stop.is_set()):
        try:
            if _hold_lease(client, identity):
                cluster = Cluster(client, ca, ca_key, pod_network)
                for controller in CONTROLLERS:
                    _attempt(controller, cluster)
        except (OSError, ApiError) as error:
            print('E %s] %s' % (NAME, error), file=sys.stderr, flush=True)
            time.sleep(ROUND_SECONDS)
        time.sleep(ROUND_SECONDS)


def _attempt(controller, cluster):
    try:
        controller(cluster)
    except ApiError as error:
        if error.code not in (404, 409):  # somebody else was faster; the next round sees it
            raise


def _hold_lease(client, identity):
    lease = client.find(kinds.LEASE, 'kube-system', NAME)
    now = clock.now()
    if lease is None:
        client.create(kinds.LEASE, {'apiVersion': kinds.LEASE.api_version, 'kind': 'Lease', 'metadata': {'name': NAME, 'namespace': 'kube-system'},
                                    'spec': _claim(identity)})
        return True
    held = lease['spec']
    age = now - clock.seconds(held['renewTime'])
    if held['holderIdentity'] != identity and 0 <= age < LEASE_SECONDS:
        return False
    if held['holderIdentity'] != identity or age > LEASE_SECONDS / 5:
        lease['spec'] = _claim(identity)
        client.replace(kinds.LEASE, lease)
    return True


def _claim(identity):
    return {'holderIdentity': identity, 'leaseDurationSeconds': LEASE_SECONDS, 'renewTime': clock.micro_stamp()}


def identity():
    return '%s_%s' % (os.uname().nodename, os.urandom(8).hex())
