"""The verbs on objects: what the server sees to whoever asks, and whatever the type."""
import base64
import os
import re
import uuid

from .. import clock, kinds, patches, selectors
from ..errors import ApiError, conflict, invalid, not_found
from .request import Stream

NAME = re.compile(r'^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$')
APPLY = 'application/apply-patch+yaml'  # server-side: merged, without owners of fields
PATCHES = {'application/merge-patch+json': 'merge', 'application/strategic-merge-patch+json': 'strategic',
           'application/json-patch+json': 'json', APPLY: 'merge'}
WATCH_SECONDS = 300
ATTEMPTS = 20  # of a change that others make at the same time


class Resources:
    def __init__(self, store):
        self.store = store

    def list(self, kind, namespace, query):
        if query.get('watch') in ('true', '1'):
            return Stream(self._watch(kind, namespace, query))
        items, revision = self.store.list(kind, namespace)
        return {'kind': kind.kind + 'List', 'apiVersion': kind.api_version, 'metadata': {'resourceVersion': str(revision)},
                'items': [item for item in items if _selected(item, query)]}

    def _watch(self, kind, namespace, query):
        seconds = int(query.get('timeoutSeconds') or WATCH_SECONDS)
        revision = int(query.get('resourceVersion') or 0)
        if not revision:
            items, revision = self.store.list(kind, namespace)
            yield from ({'type': 'ADDED', 'object': item} for item in items if _selected(item, query))
        for event, item in self.store.watch(kind, namespace, revision + 1, seconds):
            if _selected(item, query):
                yield {'type': event, 'object': item}

    def create(self, kind, namespace, item):
        if not isinstance(item, dict) or item.get('kind') != kind.kind:
            raise ApiError(400, 'the object provided is unrecognized (must be of type %s)' % kind.kind)
        metadata = item.setdefault('metadata', {})
        if not metadata.get('name') and metadata.get('generateName'):
            metadata['name'] = metadata['generateName'] + os.urandom(3).hex()[:5]
        name = metadata.get('name', '')
        if not NAME.match(name):
            raise invalid(kind, name, 'metadata.name: %s' % ('Invalid value: "%s"' % name if name else 'Required value: name or generateName is required'))
        if kind.namespaced:
            if metadata.setdefault('namespace', namespace) != namespace:
                raise ApiError(400, 'the namespace of the provided object does not match the namespace sent on the request')
            self._require_namespace(kind, name, namespace)
        metadata.update(uid=str(uuid.uuid4()), creationTimestamp=clock.stamp(), generation=1)
        return self.store.create(kind, admit(kind, item))

    def _require_namespace(self, kind, name, namespace):
        place = self.store.find(kinds.NAMESPACE, None, namespace)
        if not place:
            raise not_found(kinds.NAMESPACE, namespace)
        if place['metadata'].get('deletionTimestamp'):
            raise ApiError(403, '%s "%s" is forbidden: unable to create new content in namespace %s because it is being terminated'
                           % (kind.full_name, name, namespace))

    def update(self, kind, namespace, name, item, subresource=None):
        """PUT: the whole object, or its status alone."""
        wanted = item['metadata'].get('resourceVersion')

        def replace(current):
            if wanted and wanted != current['metadata']['resourceVersion']:
                raise conflict(kind, name)
            return _keep(kind, current, item, subresource)

        return self.change(kind, namespace, name, replace, attempts=1 if wanted else ATTEMPTS)

    def patch(self, kind, namespace, name, patch, content_type, subresource=None):
        how = PATCHES.get(content_type)
        if not how:
            raise ApiError(415, 'the body of the request was in an unknown format - accepted media types include: %s' % ', '.join(PATCHES))
        if content_type == APPLY and not subresource and not self.store.find(kind, namespace, name):
            return self.create(kind, namespace, patch)
        return self.change(kind, namespace, name, lambda current: _keep(kind, current, patches.apply(how, current, patch), subresource))

    def change(self, kind, namespace, name, change, attempts=ATTEMPTS):
        """Reads, changes and writes an object, again where somebody else was faster."""
        for attempt in range(attempts):
            current = self.store.get(kind, namespace, name)
            changed = change(current)
            if changed == current:
                return current
            if changed['metadata'].get('deletionTimestamp') and not changed['metadata'].get('finalizers') and kind is not kinds.POD:
                self.store.remove(kind, current)
                return changed
            try:
                return self.store.replace(kind, changed)
            except ApiError as error:
                if error.code != 409 or attempt == attempts - 1:
                    raise

    def delete(self, kind, namespace, name, options):
        """At once; a pod on a node and what has finalizers are only marked, for others to end."""
        grace = (options or {}).get('gracePeriodSeconds')
        wanted = ((options or {}).get('preconditions') or {}).get('uid')

        def mark(current):
            if wanted and wanted != current['metadata']['uid']:
                raise conflict(kind, name)
            on_node = kind is kinds.POD and (current.get('spec') or {}).get('nodeName')
            metadata = dict(current['metadata'])
            if (on_node and grace != 0) or metadata.get('finalizers'):
                metadata.setdefault('deletionTimestamp', clock.stamp())
                metadata.setdefault('deletionGracePeriodSeconds', 30 if grace is None else grace)
                return {**current, 'metadata': metadata}
            self.store.remove(kind, current)
            return current

        gone = self.change(kind, namespace, name, mark)
        if kind is kinds.NAMESPACE:
            self._empty_namespace(name)
        return gone

    def _empty_namespace(self, namespace):
        for kind in kinds.BUILT_IN:
            if kind.namespaced:
                for item in self.store.list(kind, namespace)[0]:
                    self.delete(kind, namespace, item['metadata']['name'], {'gracePeriodSeconds': 0})


def admit(kind, item):
    """Fills in what the real server's defaults would."""
    metadata, spec = item['metadata'], item.get('spec')
    item.setdefault('apiVersion', kind.api_version)
    if kind is kinds.SECRET:
        plain = item.pop('stringData', None) or {}
        item.setdefault('type', 'Opaque')
        item['data'] = {**(item.get('data') or {}), **{key: base64.b64encode(value.encode()).decode() for key, value in plain.items()}}
    elif kind is kinds.POD:
        item['status'] = {'phase': 'Pending', 'qosClass': 'BestEffort', **(item.get('status') or {})}
        spec.setdefault('terminationGracePeriodSeconds', 30)
    elif kind is kinds.NAMESPACE:
        metadata.setdefault('labels', {})['kubernetes.io/metadata.name'] = metadata['name']
        item['status'] = {'phase': 'Active'}
    elif kind in (kinds.DEPLOYMENT, kinds.STATEFUL_SET, kinds.REPLICA_SET):
        if spec.get('replicas') is None:
            spec['replicas'] = 1
    elif kind is kinds.CUSTOM:
        names = {'plural': spec['names']['plural'], 'kind': spec['names']['kind']}
        item['status'] = {'acceptedNames': names, 'storedVersions': [each['name'] for each in spec['versions'] if each.get('storage')],
                          'conditions': [{'type': kind_, 'status': 'True', 'lastTransitionTime': clock.stamp()} for kind_ in ('NamesAccepted', 'Established')]}
    elif kind.status and not kind.custom and kind is not kinds.NODE:
        item.setdefault('status', {})
    return item


def _keep(kind, current, wanted, subresource):
    """What was asked for, with what such a request may not change."""
    old = current['metadata']
    if subresource == 'status':
        wanted = {**current, 'status': wanted.get('status') or {}}
    elif kind.status and 'status' in current and not subresource:
        wanted = {**wanted, 'status': current['status']}
    fixed = {key: old[key] for key in ('name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'resourceVersion', 'generation')
             if key in old}
    metadata = {**(wanted.get('metadata') or {}), **fixed}
    if 'deletionTimestamp' not in old:
        metadata.pop('deletionTimestamp', None)
    if wanted.get('spec') != current.get('spec'):
        metadata['generation'] = old.get('generation', 0) + 1
    return {**wanted, 'metadata': metadata}


def _selected(item, query):
    labels = item['metadata'].get('labels') or {}
    return (not query.get('labelSelector') or selectors.matches_text(labels, query['labelSelector'])) and \
        (not query.get('fieldSelector') or selectors.matches_fields(item, query['fieldSelector']))
