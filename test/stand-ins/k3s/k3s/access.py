"""Access to another server's supervisor with a join token: its CA first, then the password."""
import base64
import http.client
import json
import os
import ssl
import urllib.parse

from . import tokens

REASONS = http.client.responses


class Refused(Exception):
    """An answer that is no success; the message is URL: CODE REASON, as k3s words it."""

    def __init__(self, url, status, body=''):
        super().__init__('%s: %d %s' % (url, status, REASONS.get(status, '')))
        self.status, self.body = status, body

    def words(self):
        """The message of the server, where it gave one."""
        try:
            return json.loads(self.body)['message']
        except (ValueError, KeyError):
            return str(self)


def get_authority(server):
    """The CA bundle of a server, checked to have signed the certificate that it shows."""
    try:
        bundle = _ask(server, '/cacerts', _untrusting()).decode()
    except (OSError, Refused) as error:
        raise tokens.TokenError('failed to get CA certs: Get "%s/cacerts": %s' % (server, error))
    try:
        _ask(server, '/cacerts', trusting(bundle))
    except (OSError, Refused) as error:
        raise tokens.TokenError('CA cert validation failed: Get "%s/cacerts": %s' % (server, error))
    return bundle


class Access:
    """What a token opens at a server. Making one checks the CA, but not yet the password. `certificate` (its path and
    that of its key) shows who a node is that joined before."""

    def __init__(self, server, text, user, certificate=None):
        if urllib.parse.urlsplit(server).scheme != 'https':
            raise tokens.TokenError('only https:// URLs are supported, invalid scheme: ' + server)
        self.server = server.rstrip('/')
        token = tokens.parse(text)
        self.authority = get_authority(self.server)
        tokens.check_ca(token, self.authority)
        self.context = trusting(self.authority)
        if certificate and all(map(os.path.exists, certificate)):
            self.context.load_cert_chain(*certificate)
        credentials = base64.b64encode(('%s:%s' % (user, token.password)).encode()).decode()
        self.headers = {'Authorization': 'Bearer ' + token.bootstrap if token.bootstrap else 'Basic ' + credentials}

    def get(self, path, headers=None):
        return _ask(self.server, path, self.context, headers={**self.headers, **(headers or {})})

    def get_json(self, path):
        return json.loads(self.get(path))

    def send(self, method, path, body, headers=None):
        return _ask(self.server, path, self.context, method, body, {**self.headers, **(headers or {})})


def trusting(authority):
    return ssl.create_default_context(cadata=authority)


def _untrusting():
    context = ssl.create_default_context()
    context.check_hostname = False  # the bundle is checked by its hash, and then against the certificate shown
    context.verify_mode = ssl.CERT_NONE
    return context


def _ask(server, path, context, method='GET', body=None, headers=None):
    address = urllib.parse.urlsplit(server)
    connection = http.client.HTTPSConnection(address.hostname, address.port or 443, timeout=10, context=context)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        content = response.read()
    except http.client.HTTPException as error:
        raise OSError(str(error) or 'EOF')
    finally:
        connection.close()
    if not 200 <= response.status < 300:
        raise Refused(server + path, response.status, content.decode(errors='replace'))
    return content
