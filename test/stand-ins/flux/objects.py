"""Flux's own types, and what all their statuses have in common."""
import datetime
import re
from typing import NamedTuple

from cluster.client import MERGE

REQUESTED = 'reconcile.fluxcd.io/requestedAt'
DURATION = re.compile(r'(\d+(?:\.\d+)?)(h|ms|m|s)')
UNITS = {'h': 3600, 'm': 60, 's': 1, 'ms': 0.001}


class Type(NamedTuple):
    api_version: str
    kind: str
    plural: str

    def path(self, namespace=None, name=None, subresource=None):
        place = 'namespaces/%s/' % namespace if namespace else ''
        return '/'.join(part for part in ('/apis', self.api_version, place + self.plural, name, subresource) if part)

    def list(self, client, namespace=None):
        return client.call('GET', self.path(namespace))['items']

    def get(self, client, namespace, name):
        return client.call('GET', self.path(namespace, name))

    def report(self, client, item, status):
        client.call('PATCH', self.path(*key_of(item), 'status'), {'status': status}, MERGE)


GIT_REPOSITORY = Type('source.toolkit.fluxcd.io/v1', 'GitRepository', 'gitrepositories')
KUSTOMIZATION = Type('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomizations')


class Failed(Exception):
    """A reconciliation that failed: what the Ready condition says."""

    def __init__(self, reason, message):
        super().__init__(message)
        self.reason = reason


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec='seconds').replace('+00:00', 'Z')


def seconds(duration):
    """1m30s as 90."""
    return sum(float(count) * UNITS[unit] for count, unit in DURATION.findall(duration))


def key_of(item):
    return item['metadata']['namespace'], item['metadata']['name']


def annotation(item):
    return (item['metadata'].get('annotations') or {}).get(REQUESTED)


def condition(item, name='Ready'):
    conditions = (item.get('status') or {}).get('conditions') or []
    return next((each for each in conditions if each['type'] == name), None)


def is_ready(item):
    found = condition(item)
    return bool(found) and found['status'] == 'True'


def ready(item, status, reason, message):
    """The conditions with a new Ready; its time moves only when its status does."""
    before = condition(item)
    since = before['lastTransitionTime'] if before and before['status'] == status else now()
    return [{'type': 'Ready', 'status': status, 'reason': reason, 'message': message, 'lastTransitionTime': since,
             'observedGeneration': item['metadata'].get('generation', 1)}]


def handled(item):
    """What a status says of what was asked."""
    status = {'observedGeneration': item['metadata'].get('generation', 1)}
    return {**status, 'lastHandledReconcileAt': annotation(item)} if annotation(item) else status
