"""The certificates of a control plane, under the names that kubeadm gives them."""

import os
import subprocess

from cluster import pki
from cluster.files import read
from cluster.member import Certificates

from . import constants
from .failure import Fatal

CA, CA_KEY = constants.PKI + '/ca.crt', constants.PKI + '/ca.key'
SHARED = ('ca.crt', 'ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.pub', 'sa.key', 'etcd/ca.crt', 'etcd/ca.key')
ETCD = Certificates(constants.ETCD_PKI)
DAYS = 365


def path(name):
    return constants.PKI + '/' + name


def make_shared():
    """What all control planes of a cluster have in common, as far as it is not there yet."""
    for name, subject in (('ca', 'kubernetes'), ('front-proxy-ca', 'front-proxy-ca'), ('etcd/ca', 'etcd-ca')):
        if not os.path.exists(path(name + '.crt')):
            print('[certs] Generating "%s" certificate and key' % name)
            pki.make_authority(path(name + '.crt'), path(name + '.key'), subject)
    if not os.path.exists(path('sa.key')):
        print('[certs] Generating "sa" key and public key')
        subprocess.run(
            ['openssl', 'ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', path('sa.key')], check=True, capture_output=True
        )
        subprocess.run(['openssl', 'ec', '-in', path('sa.key'), '-pubout', '-out', path('sa.pub')], check=True, capture_output=True)
        os.chmod(path('sa.key'), 0o600)


def own():
    """[(name, CA, subject, group)] of the certificates that each control plane has for itself."""
    return [
        ('apiserver', 'ca', 'kube-apiserver', None),
        ('apiserver-kubelet-client', 'ca', 'kube-apiserver-kubelet-client', 'kubeadm:cluster-admins'),
        ('front-proxy-client', 'front-proxy-ca', 'front-proxy-client', None),
        ('etcd/server', 'etcd/ca', os.uname().nodename, None),
        ('etcd/peer', 'etcd/ca', os.uname().nodename, None),
        ('etcd/healthcheck-client', 'etcd/ca', 'kube-etcd-healthcheck-client', None),
        ('apiserver-etcd-client', 'etcd/ca', 'kube-apiserver-etcd-client', None),
    ]


def make_own(settings, renew=False):
    node, address = settings.node, settings.address
    names = {
        'etcd/server': [node, 'localhost', address, '127.0.0.1'],
        'etcd/peer': [node, 'localhost', address, '127.0.0.1'],
        'apiserver': [node, 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', address, '127.0.0.1', *settings.extra_names],
    }
    for name, ca, subject, group in own():
        if renew or not os.path.exists(path(name + '.crt')):
            print('[certs] Generating "%s" certificate and key' % name)
            sans = sorted({alternative(each) for each in names.get(name, [])})
            pki.issue(path(name + '.crt'), path(name + '.key'), path(ca + '.crt'), path(ca + '.key'), subject, group, sans, DAYS)


def alternative(name):
    """IP:192.0.2.1 or DNS:example.org"""
    return ('IP:' if name.replace('.', '').isdigit() or ':' in name else 'DNS:') + name


def require_shared():
    """What a control plane that joins must find, downloaded or put there by hand."""
    missing = [name for name in SHARED if not os.path.exists(path(name))]
    if missing:
        labels = {
            'ca.crt': 'CA',
            'ca.key': 'CA',
            'sa.pub': 'service account',
            'sa.key': 'service account',
            'front-proxy-ca.crt': 'front-proxy CA',
            'front-proxy-ca.key': 'front-proxy CA',
            'etcd/ca.crt': 'etcd CA',
            'etcd/ca.key': 'etcd CA',
        }
        problems = ', '.join(
            "failure loading %s for %s: couldn't load the certificate file %s: open %s: no such file or directory"
            % ('key' if name.startswith('sa') else 'certificate', labels[name], path(name), path(name))
            for name in missing[:4]
        )
        raise Fatal(
            '\nOne or more conditions for hosting a new control plane instance is not satisfied.\n\n[%s]\n\nPlease ensure that:\n'
            '* The cluster has a stable controlPlaneEndpoint address.\n* The certificates that must be shared among control plane '
            'instances are provided.\n\n' % problems,
            2,
        )


def ca_digest():
    return pki.ca_hash(read(CA))
