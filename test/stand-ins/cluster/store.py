"""Objects in etcd, each under its key; an object's resourceVersion is the revision of its last change."""
import json
import uuid

from .errors import already_exists, conflict, not_found


class Store:
    def __init__(self, etcd):
        self.etcd = etcd

    def get(self, kind, namespace, name):
        found = self.etcd.get(kind.key(namespace, name))
        if found is None:
            raise not_found(kind, name)
        return _object(*found)

    def find(self, kind, namespace, name):
        found = self.etcd.get(kind.key(namespace, name))
        return _object(*found) if found else None

    def list(self, kind, namespace=None):
        """(objects, revision of the store)."""
        found, revision = self.etcd.list(kind.prefix(namespace))
        return [_object(value, at) for _, value, at in found], revision

    def create(self, kind, item):
        namespace, name = item['metadata'].get('namespace'), item['metadata']['name']
        item['metadata'].setdefault('uid', str(uuid.uuid4()))
        revision = self.etcd.put_if(kind.key(namespace, name), _text(item), 0)
        if revision is None:
            raise already_exists(kind, name)
        return _versioned(item, revision)

    def replace(self, kind, item):
        """Writes an object that was read before; a conflict where somebody else wrote it since."""
        metadata = item['metadata']
        revision = self.etcd.put_if(kind.key(metadata.get('namespace'), metadata['name']), _text(item), int(metadata['resourceVersion']))
        if revision is None:
            raise conflict(kind, metadata['name'])
        return _versioned(item, revision)

    def remove(self, kind, item):
        metadata = item['metadata']
        if self.etcd.put_if(kind.key(metadata.get('namespace'), metadata['name']), None, int(metadata['resourceVersion'])) is None:
            raise conflict(kind, metadata['name'])

    def watch(self, kind, namespace, revision, seconds):
        """Yields ('ADDED' | 'MODIFIED' | 'DELETED', object)."""
        for _, value, at, before in self.etcd.watch(kind.prefix(namespace), revision, seconds):
            if value is None:
                yield 'DELETED', _object(before, at)
            else:
                yield 'ADDED' if before is None else 'MODIFIED', _object(value, at)


def _object(value, revision):
    return _versioned(json.loads(value), revision)


def _versioned(item, revision):
    item['metadata']['resourceVersion'] = str(revision)
    return item


def _text(item):
    metadata = {key: value for key, value in item['metadata'].items() if key != 'resourceVersion'}
    return json.dumps({**item, 'metadata': metadata}, separators=(',', ':'))
