"""Kubeconfig files of one cluster, as kubeadm writes them."""
import base64
import os
import re
import tempfile

import pki

TEMPLATE = """\
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: {ca}
    server: {server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: {user}
  name: {user}@kubernetes
current-context: {user}@kubernetes
kind: Config
preferences: {{}}
users:
- name: {user}
  user:
    client-certificate-data: {certificate}
    client-key-data: {key}
"""


def write(path, server, user, ca, certificate, key):
    text = TEMPLATE.format(server=server, user=user, ca=_encode(ca), certificate=_encode(certificate), key=_encode(key))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as file:
        file.write(text)


def write_signed(path, server, user, name, group=None):
    """One whose certificate this host's own CA signs."""
    key, request = pki.make_request(name, group)
    with open(pki.CA_CERT) as file:
        write(path, server, user, file.read(), pki.sign(request), key)


def read(path, context=None):
    """(server, CA, certificate, key), the last three PEM; of the context named, or of the current one."""
    with open(path) as file:
        text = file.read()
    context = context or _find(r'^current-context: *(\S+)', text)
    of_context = _entry(text, 'contexts', context)
    cluster = _entry(text, 'clusters', _find(r'\bcluster: *(\S+)', of_context))
    user = _entry(text, 'users', _find(r'\buser: *(\S+)', of_context))
    return (_find(r'\bserver: *(\S+)', cluster), _decode(_find(r'certificate-authority-data: *(\S+)', cluster)),
            _decode(_find(r'client-certificate-data: *(\S+)', user)), _decode(_find(r'client-key-data: *(\S+)', user)))


def credentials_files(path, context=None):
    """Server, and the paths of CA and of certificate with key, in a folder that lives as long as the process."""
    server, ca, certificate, key = read(path, context)
    folder = tempfile.TemporaryDirectory()
    _folders.append(folder)
    for name, content in (('ca', ca), ('client', certificate + key)):
        with open(os.path.join(folder.name, name), 'w') as file:
            file.write(content)
    return server, os.path.join(folder.name, 'ca'), os.path.join(folder.name, 'client')


_folders = []


def _entry(text, section, name):
    """The list entry of a section that bears a name; lists may be indented or not."""
    body = re.search(r'^%s:\n((?:[ -].*\n?)*)' % section, text, re.M)
    for entry in re.split(r'^ *- ', body.group(1) if body else '', flags=re.M):
        if re.search(r'^ *name: *%s$' % re.escape(name), entry, re.M):
            return entry
    raise KeyError('%s "%s"' % (section, name))


def _find(pattern, text):
    found = re.search(pattern, text, re.M)
    if not found:
        raise KeyError(pattern)
    return found.group(1).strip('"\'')


def _encode(text):
    return base64.b64encode(text.encode()).decode()


def _decode(text):
    return base64.b64decode(text).decode()
