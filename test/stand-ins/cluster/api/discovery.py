"""Which types there are: /api, /apis and what lies under them."""
from .. import kinds
from ..errors import ApiError

VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']


class Types:
    """The built-in types and those of CustomResourceDefinitions."""

    def __init__(self, store):
        self.store = store

    def custom(self):
        return [kind for definition in self.store.list(kinds.CUSTOM)[0] for kind in kinds.of_definition(definition)]

    def find(self, group, version, plural):
        kind = kinds.BY_PLURAL.get((group, plural))
        if kind and kind.version == version:
            return kind
        found = [each for each in self.custom() if (each.group, each.version, each.plural) == (group, version, plural)]
        if not found:
            raise ApiError(404, 'the server could not find the requested resource')
        return found[0]

    def discover(self, path):
        """The answer to a path of discovery; None where the path is no such."""
        parts = path.strip('/').split('/')
        if parts == ['api']:
            return {'kind': 'APIVersions', 'versions': ['v1']}
        if parts == ['apis']:
            return {'kind': 'APIGroupList', 'apiVersion': 'v1', 'groups': self._groups()}
        if parts[0] == 'api' and len(parts) == 2:
            return self._resources('', parts[1])
        if parts[0] == 'apis' and len(parts) == 3:
            return self._resources(*parts[1:])
        return None

    def _groups(self):
        versions = {}
        for kind in (*kinds.BUILT_IN, *self.custom()):
            if kind.group and kind.api_version not in versions.setdefault(kind.group, []):
                versions[kind.group].append(kind.api_version)
        return [{'name': group, 'versions': [{'groupVersion': each, 'version': each.split('/')[1]} for each in listed],
                 'preferredVersion': {'groupVersion': listed[0], 'version': listed[0].split('/')[1]}} for group, listed in versions.items()]

    def _resources(self, group, version):
        found = [kind for kind in (*kinds.BUILT_IN, *self.custom()) if (kind.group, kind.version) == (group, version)]
        if not found:
            raise ApiError(404, 'the server could not find the requested resource')
        return {'kind': 'APIResourceList', 'apiVersion': 'v1', 'groupVersion': found[0].api_version,
                'resources': [{'name': kind.plural, 'singularName': kind.singular, 'namespaced': kind.namespaced, 'kind': kind.kind,
                               'verbs': VERBS, 'shortNames': list(kind.short), 'x-columns': [list(column) for column in kind.columns]}
                              for kind in found]}
