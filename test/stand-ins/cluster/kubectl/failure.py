"""How kubectl fails: what it writes, and that its exit code is 1."""
import re
import ssl
from urllib.parse import urlsplit

from ..errors import ApiError
from ..jsonpath import BadPath
from ..kubeconfig import Broken


class Failure(Exception):
    """Ends kubectl with this text."""

    def __init__(self, text, code=1):
        super().__init__(text)
        self.code = code


def explain(error, server):
    """kubectl's words for what went wrong."""
    if isinstance(error, ApiError):
        return from_server(error)
    if isinstance(error, (Failure, Broken, BadPath)):
        return ('error: ' if not isinstance(error, Failure) else '') + str(error)
    where = urlsplit(server or 'http://localhost:8080')
    host = '%s:%d' % (where.hostname, where.port or 443)
    if isinstance(error, ConnectionRefusedError):
        return 'The connection to the server %s was refused - did you specify the right host or port?' % host
    if isinstance(error, ssl.SSLCertVerificationError):
        return 'Unable to connect to the server: tls: failed to verify certificate: x509: %s' % error.verify_message
    if isinstance(error, TimeoutError):
        return 'Unable to connect to the server: net/http: request canceled while waiting for connection ' \
               '(Client.Timeout exceeded while awaiting headers)'
    return 'Unable to connect to the server: dial tcp: %s' % re.sub(r'^\[Errno -?\d+\] ', '', str(error))


def from_server(error):
    if error.code == 401:
        return 'error: You must be logged in to the server (%s)' % error
    if error.reason == 'Invalid':
        return 'The %s' % error
    return 'Error from server%s: %s' % (' (%s)' % error.reason if error.reason else '', error)
