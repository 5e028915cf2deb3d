"""Looks at the cluster's nodes, and keeps Longhorn's own nodes as they follow from them."""
import os
import signal
import sys
import time

from cluster import kinds
from cluster.client import MERGE, Client
from cluster.controllers.pods import is_ready
from cluster.errors import ApiError

from . import nodes

TURN = 1  # seconds between two looks
NAMESPACE = 'longhorn-system'
PATH = '/apis/longhorn.io/v1beta2/namespaces/%s/nodes' % NAMESPACE


def turn(client):
    """One look at everything."""
    kubernetes = {each['metadata']['name']: each for each in client.list(kinds.NODE)}
    managers = {pod['spec'].get('nodeName'): pod for pod in client.list(kinds.POD, NAMESPACE, labelSelector='app=longhorn-manager')}
    own = {each['metadata']['name']: each for each in client.call('GET', PATH)['items']}
    for name, pod in managers.items():
        if name in kubernetes and name not in own and is_ready(pod):
            own[name] = client.call('POST', PATH, nodes.first(kubernetes[name], NAMESPACE))
    for name, item in own.items():
        item = _with_default_disk(client, item, kubernetes.get(name))
        status = nodes.status(item, kubernetes.get(name), managers.get(name))
        if status != item.get('status'):
            client.call('PATCH', '%s/%s/status' % (PATH, name), {'status': status}, MERGE)


def _with_default_disk(client, item, kubernetes):
    """A node that has no disk yet gets its first one when its label asks for it."""
    if item['spec'].get('disks') or not kubernetes or not nodes.wants_default_disk(kubernetes):
        return item
    return client.call('PATCH', '%s/%s' % (PATH, item['metadata']['name']), {'spec': {'disks': nodes.default_disks()}}, MERGE)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    client = Client.of_file(os.environ['KUBECONFIG'])
    while True:
        try:
            turn(client)
        except (ApiError, OSError) as error:
            print(error, file=sys.stderr, flush=True)
        time.sleep(TURN)
