"""Objects of any type, found by apiVersion and kind as manifests name them."""
from urllib.parse import quote

from cluster.errors import ApiError

APPLY = 'application/apply-patch+yaml'


class Resources:
    def __init__(self, client):
        self.client, self.known = client, {}

    def is_namespaced(self, api_version, kind):
        return self._type(api_version, kind)['namespaced']

    def path(self, api_version, kind, namespace, name):
        found = self._type(api_version, kind)
        place = 'namespaces/%s/' % (namespace or 'default') if found['namespaced'] else ''
        return '%s/%s%s/%s' % (_root(api_version), place, found['name'], quote(name, safe=''))

    def find(self, api_version, kind, namespace, name):
        """None where there is no such object."""
        return find(self.client, self.path(api_version, kind, namespace, name))

    def apply(self, item):
        """Server-side, as kustomize-controller does."""
        path = self.path(item['apiVersion'], item['kind'], item['metadata'].get('namespace'), item['metadata']['name'])
        return self.client.call('PATCH', path + '?fieldManager=kustomize-controller&force=true', item, APPLY)

    def delete(self, api_version, kind, namespace, name):
        """No matter whether it is there."""
        path = self.path(api_version, kind, namespace, name)
        if find(self.client, path):
            self.client.call('DELETE', path)

    def _type(self, api_version, kind):
        if (api_version, kind) not in self.known:
            found = find(self.client, _root(api_version)) or {'resources': []}
            self.known.update({(api_version, each['kind']): each for each in found['resources'] if '/' not in each['name']})
        if (api_version, kind) not in self.known:
            raise ApiError(404, 'no matches for kind "%s" in version "%s"' % (kind, api_version))
        return self.known[api_version, kind]


def find(client, path):
    """None where there is no such object."""
    try:
        return client.call('GET', path)
    except ApiError as error:
        if error.code == 404:
            return None
        raise


def _root(api_version):
    return ('/apis/' if '/' in api_version else '/api/') + api_version
