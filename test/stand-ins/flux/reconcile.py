"""flux reconcile: asks the controllers, and waits for what they make of it."""
import datetime
import time

from cluster.client import MERGE

from .console import CommandError, act, succeed, wait
from .kustomization import source_of
from .objects import GIT_REPOSITORY, KUSTOMIZATION, REQUESTED, condition

POLL = 0.5  # seconds


def run(client, kind, options):
    if not options.name:
        raise CommandError('%s name is required' % kind.kind)
    _reconcile(client, kind, options.namespace, options.name, time.monotonic() + options.timeout, getattr(options, 'with_source', False))


def _reconcile(client, kind, namespace, name, deadline, with_source=False):
    item = kind.get(client, namespace, name)
    if item['spec'].get('suspend'):
        raise CommandError('resource is suspended')
    if with_source:
        _reconcile(client, GIT_REPOSITORY, *source_of(item), deadline)
    before = (item.get('status') or {}).get('lastHandledReconcileAt')
    act('annotating %s %s in %s namespace' % (kind.kind, name, namespace))
    asked = datetime.datetime.now().astimezone().isoformat()
    client.call('PATCH', kind.path(namespace, name), {'metadata': {'annotations': {REQUESTED: asked}}}, MERGE)
    succeed('%s annotated' % kind.kind)
    wait('waiting for %s reconciliation' % kind.kind)
    item = _handled(client, kind, namespace, name, before, deadline)
    ready = condition(item)
    if ready['status'] != 'True':
        raise CommandError("%s reconciliation failed: '%s'" % (kind.kind, ready['message']))
    status = item['status']
    succeed('applied revision ' + status['lastAppliedRevision'] if kind is KUSTOMIZATION else 'fetched revision ' + status['artifact']['revision'])


def _handled(client, kind, namespace, name, before, deadline):
    while True:
        item = kind.get(client, namespace, name)
        if (item.get('status') or {}).get('lastHandledReconcileAt') != before:
            return item
        if time.monotonic() > deadline:
            raise CommandError('context deadline exceeded')
        time.sleep(POLL)
