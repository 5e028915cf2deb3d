"""The cluster's authorities and the certificates that they sign: files under server/tls, named as k3s names them."""
import os
import time

from cluster import pki
from cluster.files import read, write

NAMES = ('client-ca', 'server-ca', 'request-header-ca', 'etcd/server-ca', 'etcd/peer-ca')
#: Group of the certificate that may do everything.
MASTERS = 'system:masters'


def make(layout):
    """Fresh authorities, where the cluster begins."""
    for name in NAMES:
        certificate, key = _files(layout, name)
        if not os.path.exists(certificate):
            pki.make_authority(certificate, key, 'k3s-%s@%d' % (name.replace('/', '-'), time.time()))


def collect(layout):
    """What every server of the cluster shares: the authorities with their keys and the passwords, by path."""
    paths = [path for name in NAMES for path in _files(layout, name)] + [layout.passwd]
    return {os.path.relpath(path, layout.server): read(path) for path in paths}


def place(layout, shared):
    """Puts on this host what `collect` gathered on another."""
    for path, text in shared.items():
        full = os.path.join(layout.server, path)
        os.makedirs(os.path.dirname(full), mode=0o700, exist_ok=True)
        write(full, text, 0o644 if path.endswith('.crt') else 0o600)


def issue_server_certificates(layout, node, address, names):
    """Certificates of this server; they are made anew at each start, as those of a listener that learns names are."""
    own = sorted({'DNS:' + node, 'DNS:localhost', 'DNS:kubernetes', 'DNS:kubernetes.default', 'IP:127.0.0.1',
                  'IP:10.43.0.1', 'IP:' + address, *map(subject_name, names)})
    _issue(layout, 'serving-kube-apiserver', 'server-ca', 'kube-apiserver', names=own)
    _issue(layout, 'client-admin', 'client-ca', 'system:admin', MASTERS)
    _issue(layout, 'client-supervisor', 'client-ca', 'system:k3s-supervisor', MASTERS)
    _issue(layout, 'etcd/server-client', 'etcd/server-ca', 'etcd-server', names=own)
    _issue(layout, 'etcd/peer-server-client', 'etcd/peer-ca', 'etcd-peer', names=own)
    _issue(layout, 'etcd/client', 'etcd/server-ca', 'etcd-client')


def subject_name(name):
    return ('IP:' if name.replace('.', '').isdigit() or ':' in name else 'DNS:') + name


def sign_for_node(layout, request, authority, names=()):
    return pki.sign(request, *_files(layout, authority), names=names)


def _issue(layout, name, authority, subject, group=None, names=()):
    path = os.path.join(layout.tls, name)
    pki.issue(path + '.crt', path + '.key', *_files(layout, authority), subject, group, names)


def _files(layout, name):
    path = os.path.join(layout.tls, name)
    return path + '.crt', path + '.key'
