"""Talks to an API server."""
import http.client
import json
import ssl
import threading
from urllib.parse import urlencode, urlsplit

from . import kubeconfig
from .errors import ApiError

MERGE = 'application/merge-patch+json'
STRATEGIC = 'application/strategic-merge-patch+json'


class Client:
    def __init__(self, server, trust, token=None, timeout=15):
        self.server, self.trust, self.token, self.timeout = server, trust, token, timeout
        self.kept = threading.local()
        self.taken_for = {}  # headers of impersonation

    @classmethod
    def of_access(cls, access, timeout=15):
        trust = ssl.create_default_context(cadata=access.ca) if access.ca and not access.insecure else ssl.create_default_context()
        if access.insecure:
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        if access.certificate:
            trust.load_cert_chain(kubeconfig.client_file(access))
        return cls(access.server, trust, access.token, timeout)

    @classmethod
    def of_file(cls, path, context=None, timeout=15):
        return cls.of_access(kubeconfig.access(path, context), timeout)

    @classmethod
    def of_token(cls, server, ca, token, timeout=15):
        return cls(server, ssl.create_default_context(cadata=ca), token, timeout)

    @classmethod
    def anonymous(cls, server, timeout=15):
        """One that trusts whoever answers, as discovery does before it checks the CA."""
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        return cls(server, trust, timeout=timeout)

    def call(self, method, path, body=None, content_type='application/json', timeout=None):
        """The decoded answer. Raises ApiError for a refusal and OSError where nobody answers."""
        for fresh in (False, True):
            connection = None if fresh else getattr(self.kept, 'connection', None)
            try:
                connection = connection or self._connect(timeout)
                connection.sock.settimeout(timeout or self.timeout)
                response = self._send(connection, method, path, body, content_type)
                return _decode(response, response.read().decode())
            except (http.client.HTTPException, OSError) as error:
                self.close()
                # A kept connection may have ended since; what was not answered in time is not asked again.
                if fresh or isinstance(error, TimeoutError):
                    raise error if isinstance(error, OSError) else OSError('EOF')

    def lines(self, path, timeout):
        """Yields the decoded lines of an answer without an end (a watch), until nothing came for `timeout` seconds."""
        connection = self._open(timeout)
        try:
            response = self._send(connection, 'GET', path, None, 'application/json')
            if response.status >= 400:
                _decode(response, response.read().decode())
            while line := response.readline():
                yield json.loads(line)
        except TimeoutError:
            return
        except http.client.HTTPException as error:
            raise OSError(str(error))
        finally:
            connection.close()

    def close(self):
        connection = getattr(self.kept, 'connection', None)
        self.kept.connection = None
        if connection:
            connection.close()

    def _connect(self, timeout):
        self.kept.connection = self._open(timeout or self.timeout)
        return self.kept.connection

    def _open(self, timeout):
        address = urlsplit(self.server)
        if address.scheme == 'http':
            connection = http.client.HTTPConnection(address.hostname, address.port or 80, timeout=timeout)
        else:
            connection = http.client.HTTPSConnection(address.hostname, address.port or 443, timeout=timeout, context=self.trust)
        connection.connect()
        return connection

    def _send(self, connection, method, path, body, content_type):
        headers = {**self.taken_for, **({'Authorization': 'Bearer ' + self.token} if self.token else {})}
        if body is not None:
            headers['Content-Type'] = content_type
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        return connection.getresponse()

    # Objects, by their kind.

    def list(self, kind, namespace=None, **query):
        """[object]; `query` such as labelSelector."""
        return self.list_with_revision(kind, namespace, **query)[0]

    def list_with_revision(self, kind, namespace=None, **query):
        """([object], revision of the store)."""
        answer = self.call('GET', kind.path(namespace) + ('?' + urlencode(query) if query else ''))
        items = [{'apiVersion': kind.api_version, 'kind': kind.kind, **item} for item in answer['items']]
        return items, int(answer['metadata']['resourceVersion'])

    def get(self, kind, namespace, name):
        return self.call('GET', kind.path(namespace, name))

    def find(self, kind, namespace, name):
        """The object, or None."""
        try:
            return self.get(kind, namespace, name)
        except ApiError as error:
            if error.code == 404:
                return None
            raise

    def create(self, kind, item):
        return self.call('POST', kind.path(item['metadata'].get('namespace')), item)

    def replace(self, kind, item, subresource=None):
        return self.call('PUT', kind.path(item['metadata'].get('namespace'), item['metadata']['name'], subresource), item)

    def patch(self, kind, namespace, name, patch, subresource=None, content_type=MERGE):
        return self.call('PATCH', kind.path(namespace, name, subresource), patch, content_type)

    def delete(self, kind, namespace, name, options=None):
        return self.call('DELETE', kind.path(namespace, name), options)

    def ensure(self, kind, item):
        """Creates an object, or brings one that is there to the same content; gives 'created', 'configured' or 'unchanged'."""
        metadata = item['metadata']
        before = self.find(kind, metadata.get('namespace'), metadata['name'])
        if before is None:
            self.create(kind, item)
            return 'created'
        after = self.patch(kind, metadata.get('namespace'), metadata['name'], item)
        return 'unchanged' if after['metadata']['resourceVersion'] == before['metadata']['resourceVersion'] else 'configured'


def _decode(response, text):
    kind = (response.getheader('Content-Type') or '').split(';')[0]
    answer = json.loads(text) if kind == 'application/json' else text
    if response.status >= 400:
        if isinstance(answer, dict):
            raise ApiError(answer.get('code', response.status), answer.get('message', ''), answer.get('reason', ''), answer.get('details'))
        raise ApiError(response.status, answer, 'InternalError' if response.status == 500 else None)
    return answer
