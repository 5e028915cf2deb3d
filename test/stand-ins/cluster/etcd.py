"""Talks to etcd over its JSON gateway: keys, transactions, membership. The members are Debian's real etcd."""
import base64
import http.client
import json
import ssl
import threading
from urllib.parse import urlsplit

LEARNER_CANNOT = 'etcdserver: rpc not supported for learner'


class EtcdError(Exception):
    """What etcd refused, in its words; `reachable` is false where no member answered at all."""

    def __init__(self, message, reachable=True):
        super().__init__(message)
        self.reachable = reachable


class Etcd:
    """A client of one or more members, given as https://ADDRESS:PORT; the first that can be reached is asked."""

    def __init__(self, endpoints, ca, certificate, key, timeout=10):
        self.endpoints, self.timeout = list(endpoints), timeout
        self.trust = ssl.create_default_context(cafile=ca)
        self.trust.load_cert_chain(certificate, key)
        self.kept = threading.local()

    def call(self, path, body=None, timeout=None):
        """The decoded answer to a POST of the gateway, such as /v3/kv/range. Times out after `timeout` seconds."""
        problem = None
        for endpoint in self.endpoints:
            for fresh in (False, True):  # a kept connection may have been closed by the other side
                try:
                    return self._ask(endpoint, path, body or {}, timeout or self.timeout, fresh)
                except TimeoutError:
                    self._drop()
                    raise EtcdError('context deadline exceeded')
                except (OSError, http.client.HTTPException, ValueError) as error:
                    self._drop()
                    problem = error
        raise EtcdError('dial tcp %s: %s' % (','.join(urlsplit(each).netloc for each in self.endpoints), problem), reachable=False)

    def _ask(self, endpoint, path, body, timeout, fresh):
        connection = None if fresh else getattr(self.kept, 'connection', None)
        if connection is None or self.kept.endpoint != endpoint:
            connection = self._connect(endpoint, timeout)
        connection.sock.settimeout(timeout)
        connection.request('POST', path, json.dumps(body))
        response = connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise EtcdError(answer.get('message') or answer.get('error') or str(answer))
        return answer

    def _connect(self, endpoint, timeout):
        self._drop()
        address = urlsplit(endpoint)
        connection = http.client.HTTPSConnection(address.hostname, address.port, timeout=timeout, context=self.trust)
        connection.connect()
        self.kept.connection, self.kept.endpoint = connection, endpoint
        return connection

    def _drop(self):
        connection = getattr(self.kept, 'connection', None)
        self.kept.connection = None
        if connection:
            connection.close()

    def get(self, key, timeout=None):
        """(value, revision of its last change), or None."""
        found = self.call('/v3/kv/range', {'key': encode(key)}, timeout).get('kvs')
        return _pair(found[0])[1:] if found else None

    def list(self, prefix):
        """([(key, value, revision)], revision of the store)."""
        answer = self.call('/v3/kv/range', {'key': encode(prefix), 'range_end': encode(prefix_end(prefix))})
        return [_pair(found) for found in answer.get('kvs', [])], int(answer['header']['revision'])

    def put_if(self, key, value, revision):
        """Writes (or, for value None, deletes) where the key's last change is still `revision`; 0 means that there is none.
        Gives the new revision, or None where somebody was faster."""
        operation = {'request_delete_range': {'key': encode(key)}} if value is None else \
            {'request_put': {'key': encode(key), 'value': encode(value)}}
        answer = self.call('/v3/kv/txn', {
            'compare': [{'key': encode(key), 'target': 'MOD', 'result': 'EQUAL', 'mod_revision': str(revision)}],
            'success': [operation],
        })
        return int(answer['header']['revision']) if answer.get('succeeded') else None

    def watch(self, prefix, revision, seconds):
        """Yields (key, value or None where deleted, revision, value before or None) from a revision on; ends when it was quiet that long."""
        connection = http.client.HTTPSConnection(*_address(self.endpoints[0]), timeout=seconds, context=self.trust)
        try:
            connection.request('POST', '/v3/watch', json.dumps({'create_request': {
                'key': encode(prefix), 'range_end': encode(prefix_end(prefix)), 'start_revision': str(revision), 'prev_kv': True}}))
            response = connection.getresponse()
            while line := response.readline():
                result = json.loads(line).get('result', {})
                if result.get('canceled'):
                    raise EtcdError(result.get('cancel_reason') or 'etcdserver: mvcc: required revision has been compacted')
                for event in result.get('events', []):
                    key, value, at = _pair(event['kv'])
                    before = decode(event['prev_kv'].get('value', '')) if 'prev_kv' in event else None
                    yield key, None if event.get('type') == 'DELETE' else value, at, before
        except TimeoutError:
            return
        finally:
            connection.close()

    def members(self, linearizable=True):
        """[{ID, name, peerURLs, clientURLs, isLearner}]; a member that was added and never started has no name."""
        found = self.call('/v3/cluster/member/list', {'linearizable': linearizable})['members']
        return [{'name': '', 'clientURLs': [], 'isLearner': False, **member} for member in found]

    def member_of(self, peer_url):
        return next((member for member in self.members() if peer_url in member['peerURLs']), None)

    def add_member(self, peer_url, learner=True, timeout=None):
        return self.call('/v3/cluster/member/add', {'peerURLs': [peer_url], 'isLearner': learner}, timeout)['member']

    def promote_member(self, identity, timeout=None):
        return self.call('/v3/cluster/member/promote', {'ID': identity}, timeout)

    def remove_member(self, identity, timeout=None):
        return self.call('/v3/cluster/member/remove', {'ID': identity}, timeout)

    def status(self, timeout=None):
        """What the first endpoint says of itself: version, dbSize, leader, raftIndex, raftTerm, errors."""
        return self.call('/v3/maintenance/status', {}, timeout)

    def only(self, endpoint):
        """The same access to one member alone."""
        other = object.__new__(Etcd)
        other.endpoints, other.timeout, other.trust, other.kept = [endpoint], self.timeout, self.trust, threading.local()
        return other


def encode(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def decode(text):
    return base64.b64decode(text).decode()


def prefix_end(prefix):
    """The first key that no longer begins with the prefix."""
    raw = prefix.encode()
    return raw[:-1] + bytes([raw[-1] + 1])


def _pair(found):
    return decode(found['key']), decode(found.get('value', '')), int(found['mod_revision'])


def _address(endpoint):
    parts = urlsplit(endpoint)
    return parts.hostname, parts.port
