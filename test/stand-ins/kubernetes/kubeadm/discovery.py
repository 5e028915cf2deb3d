"""How a node comes to trust a cluster: the description that a token's secret signs, and the CA that a hash pins."""

import time

import yaml
from cluster import kinds, kubeconfig, pki
from cluster.client import Client
from cluster.controllers import bootstrap
from cluster.errors import ApiError

from .failure import Fatal
from .hooks import patience

PROBLEM = "couldn't validate the identity of the API Server: "
PAUSE_SECONDS = 0.5  # the real one asks every five seconds


def discover(settings):
    """(URL of the API for everyone, CA) of the cluster. Waits for its answer and for the token's signature, as long as is set."""
    client = Client.anonymous('https://' + settings.endpoint, timeout=10)
    name, secret = settings.token.split('.')
    deadline = time.monotonic() + patience(settings.discovery_seconds)
    while True:
        try:
            return _read(client, settings, name, secret)
        except _NotYet as problem:
            if time.monotonic() > deadline:
                raise Fatal(PROBLEM + str(problem), 2)
        time.sleep(PAUSE_SECONDS)


class _NotYet(Exception):
    """What may be otherwise in a moment."""


def _read(client, settings, name, secret):
    path = kinds.CONFIG_MAP.path('kube-public', 'cluster-info')
    try:
        data = client.call('GET', path)['data']
    except (OSError, ApiError) as error:
        client.close()
        raise _NotYet('failed to request the cluster-info ConfigMap: Get "%s%s?timeout=10s": %s' % (client.server, path, error))
    signed = data.get(bootstrap.SIGNATURE + name)
    if not signed:
        raise _NotYet('could not find a JWS signature in the cluster-info ConfigMap for token ID "%s"' % name)
    if signed != bootstrap.jws(name, secret, data['kubeconfig']):
        raise Fatal(PROBLEM + "failed to verify JWS signature of received cluster info object, can't trust this API Server", 2)
    cluster = yaml.safe_load(data['kubeconfig'])['clusters'][0]['cluster']
    ca = kubeconfig.select(
        {'current-context': 'x', 'contexts': [{'name': 'x', 'context': {'cluster': ''}}], 'clusters': [{'name': '', 'cluster': cluster}]}
    ).ca
    if not settings.unsafe and pki.ca_hash(ca) not in settings.ca_hashes:
        raise Fatal(
            PROBLEM + 'cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "%s" are pinned' % pki.ca_hash(ca), 2
        )
    return cluster['server'], ca
