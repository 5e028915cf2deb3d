"""Runs all controllers on the one server that leads, as the real controller manager does: whenever something changed."""
import sys
import time

from .. import kinds
from ..errors import ApiError
from . import bootstrap, daemonsets, garbage, leadership, nodes, ranges, scheduler, signing, workloads

ROUND_SECONDS = 0.5
FOLLOWER_SECONDS = 2
LONGEST_REST = 5  # seconds until a round although nothing changed: nodes grow silent, tokens end


class Cluster:
    """What is in the cluster in a round, each type read once; the controllers write through `client`."""

    def __init__(self, client, ca, ca_key, pod_network=None):
        self.client, self.ca, self.ca_key, self.pod_network = client, ca, ca_key, pod_network
        self._lists = {}

    @property
    def nodes(self):
        return self.list(kinds.NODE)

    @property
    def pods(self):
        return self.list(kinds.POD)

    def list(self, kind):
        """All objects of a type, as they were when the round first asked."""
        if kind not in self._lists:
            self._lists[kind] = self.client.list(kind)
        return self._lists[kind]


CONTROLLERS = (signing.sign_requests, bootstrap.sign_cluster_info, bootstrap.clean_tokens, nodes.watch_nodes, ranges.assign,
               daemonsets.run_daemon_sets, workloads.run_deployments, workloads.run_sets, scheduler.schedule, garbage.collect)


def run(client, identity, ca, ca_key, stop=None, pod_network=None):
    """Goes on until `stop` (an Event) is set; `identity` names this server in the lease, `pod_network` is what nodes get their part of."""
    lead = leadership.Leadership(client, identity)
    seen, last = None, 0
    while not (stop and stop.is_set()):
        pause = ROUND_SECONDS
        try:
            leading, revision = lead.hold()
            if not leading:
                pause = FOLLOWER_SECONDS
            elif revision != seen or time.monotonic() - last > LONGEST_REST:
                seen, last = revision, time.monotonic()
                cluster = Cluster(client, ca, ca_key, pod_network)
                for controller in CONTROLLERS:
                    _attempt(controller, cluster)
        except (OSError, ApiError) as error:
            print('E %s] %s' % (leadership.NAME, error), file=sys.stderr, flush=True)
            seen = None
        time.sleep(pause)


def _attempt(controller, cluster):
    try:
        controller(cluster)
    except ApiError as error:
        if error.code not in (404, 409):  # somebody else was faster; the next round sees it
            raise
