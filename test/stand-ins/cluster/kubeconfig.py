"""Kubeconfig files."""
import base64
import tempfile

import yaml

from . import pki
from .files import read as read_text
from .files import write as write_text


class Access:
    """What a context of a kubeconfig gives: where the server is, how it is trusted, who one is there."""

    def __init__(self, server, ca=None, certificate=None, key=None, token=None, insecure=False, user='', namespace='default'):
        self.server, self.ca, self.certificate, self.key = server, ca, certificate, key
        self.token, self.insecure, self.user, self.namespace = token, insecure, user, namespace


class Broken(Exception):
    """A kubeconfig that lacks what is asked of it, in kubectl's words."""


def render(server, ca, user, certificate=None, key=None, token=None, cluster='kubernetes', context=None):
    """The text of a file with one cluster, one user, one context; CA, certificate and key are PEM."""
    credentials = {'token': token} if token else {'client-certificate-data': encode(certificate), 'client-key-data': encode(key)}
    return _render(server, ca, user, credentials, cluster, context)


def render_for_files(server, ca, user, path):
    """One whose user's certificate and key lie in a file."""
    return _render(server, ca, user, {'client-certificate': path, 'client-key': path}, 'default-cluster', 'default-context')


def _render(server, ca, user, credentials, cluster, context):
    context = context or '%s@%s' % (user, cluster)
    return yaml.safe_dump({
        'apiVersion': 'v1',
        'clusters': [{'cluster': {'certificate-authority-data': encode(ca), 'server': server}, 'name': cluster}],
        'contexts': [{'context': {'cluster': cluster, 'user': user}, 'name': context}],
        'current-context': context, 'kind': 'Config', 'preferences': {},
        'users': [{'name': user, 'user': credentials}],
    }, default_flow_style=False, width=100000)


def write_signed(path, server, ca, ca_key, user, name, group=None, **names):
    """One whose certificate a CA of this host signs."""
    key, request = pki.make_request(name, group)
    write_text(path, render(server, read_text(ca), user, pki.sign(request, ca, ca_key), key, **names), 0o600)


def load(path):
    return yaml.safe_load(read_text(path)) or {}


def access(path, context=None):
    """What the named context of a file, or its current one, gives."""
    return select(load(path), context)


def select(config, context=None):
    name = context or config.get('current-context')
    chosen = _named(config, 'contexts', 'context', name)
    if chosen is None:
        raise Broken('context "%s" does not exist' % name if context else 'current-context must exist in order to minify')
    cluster = _named(config, 'clusters', 'cluster', chosen.get('cluster')) or {}
    user = _named(config, 'users', 'user', chosen.get('user')) or {}
    return Access(cluster.get('server', 'http://localhost:8080'), _pem(cluster, 'certificate-authority'), _pem(user, 'client-certificate'),
                  _pem(user, 'client-key'), user.get('token'), cluster.get('insecure-skip-tls-verify', False),
                  chosen.get('user', ''), chosen.get('namespace') or 'default')


def client_file(given):
    """Path of a file with certificate and key, since ssl takes no text; it lives as long as the process."""
    file = tempfile.NamedTemporaryFile('w')
    file.write(given.certificate if given.certificate == given.key else given.certificate + (given.key or ''))
    file.flush()
    _kept.append(file)
    return file.name


_kept = []


def _named(config, section, field, name):
    return next((each.get(field) or {} for each in config.get(section) or [] if each.get('name') == name), None)


def _pem(entry, field):
    if entry.get(field + '-data'):
        return base64.b64decode(entry[field + '-data']).decode()
    return read_text(entry[field]) if entry.get(field) else None


def encode(text):
    return base64.b64encode(text.encode()).decode()
