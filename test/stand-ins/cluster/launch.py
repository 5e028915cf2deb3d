"""Starts the parts of a control plane in this process; each stand-in puts them together as its own program does."""
import sys
import threading
import time

from . import clock, kinds
from .api.app import Api
from .api.server import make_server
from .client import Client
from .controllers import leadership, manager
from .errors import ApiError
from .etcd import EtcdError

NAMESPACES = ('default', 'kube-system', 'kube-public', 'kube-node-lease')
ETCD_PATIENCE = 20  # seconds until an API server gives up on an etcd that does not answer


class Unavailable(Exception):
    """etcd did not answer in time: the real server ends then, and is started again."""


def start_api(etcd, version, certificate, key, client_ca, service_key='', tokens=None, address='0.0.0.0', port=6443):
    """Waits for etcd, makes sure of the namespaces and serves from a thread. Gives the server (shutdown() ends it).
    `etcd` is an Etcd client of the local member, `version` as v1.30.4, `tokens` {bearer token: User}, the rest paths."""
    wait_for_etcd(etcd)
    api = Api(etcd, version, service_key, tokens)
    prepare(api)
    server = make_server(api, certificate, key, client_ca, address, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def wait_for_etcd(etcd, patience=ETCD_PATIENCE):
    deadline = time.monotonic() + patience
    while True:
        try:
            etcd.get('/registry/health', timeout=2)
            return
        except EtcdError as error:
            if time.monotonic() > deadline:
                raise Unavailable('Unable to create storage backend: %s' % error)
            time.sleep(0.2)


def prepare(api):
    """What every cluster has from its first moment."""
    for name in NAMESPACES:
        _make_sure(api, kinds.NAMESPACE, {'metadata': {'name': name}})
        _make_sure(api, kinds.SERVICE_ACCOUNT, {'metadata': {'name': 'default', 'namespace': name}})


def _make_sure(api, kind, item):
    if api.store.find(kind, item['metadata'].get('namespace'), item['metadata']['name']):
        return
    try:
        api.resources.create(kind, item['metadata'].get('namespace'), {'apiVersion': kind.api_version, 'kind': kind.kind, **item})
    except ApiError as error:
        if error.code != 409:  # another server of the cluster was faster
            raise


def start_controllers(kubeconfig, ca, ca_key, pod_network=None):
    """Controllers and scheduler, in a thread; of several servers, one works. Each node gets a part of `pod_network`, if it is given."""
    client = Client.of_file(kubeconfig)
    arguments = [client, leadership.identity(), ca, ca_key]
    threading.Thread(target=manager.run, args=arguments, kwargs={'pod_network': pod_network}, daemon=True).start()


def log(text):
    print('%s %s' % (clock.stamp(), text), file=sys.stderr, flush=True)
