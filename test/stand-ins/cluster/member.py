"""A member of etcd on this host: its certificates, its flags, its process, its snapshots."""
import os
import subprocess

from . import pki
from .paths import program

CLIENT_PORT, PEER_PORT, METRICS_PORT = 2379, 2380, 2381


class Certificates:
    """Where a member's certificates lie; `folder` holds ca.crt, ca.key and what `make` adds. As kubeadm names them."""

    def __init__(self, folder):
        self.folder = folder
        self.ca, self.ca_key = folder + '/ca.crt', folder + '/ca.key'
        self.server, self.server_key = folder + '/server.crt', folder + '/server.key'
        self.peer, self.peer_key = folder + '/peer.crt', folder + '/peer.key'

    def make(self, name, address):
        """Certificates of this member, signed by the CA, which is made where there is none yet."""
        if not os.path.exists(self.ca):
            pki.make_authority(self.ca, self.ca_key, 'etcd-ca')
        names = ['DNS:' + name, 'DNS:localhost', 'IP:' + address, 'IP:127.0.0.1']
        for certificate, key in ((self.server, self.server_key), (self.peer, self.peer_key)):
            pki.issue(certificate, key, self.ca, self.ca_key, name, names=names)


def client_url(address):
    return 'https://%s:%d' % (address, CLIENT_PORT)


def peer_url(address):
    return 'https://%s:%d' % (address, PEER_PORT)


def flags(name, address, data, certificates, cluster=None):
    """The command line of a member. `cluster` is what it joins, as NAME=PEER_URL,...; without it, it begins a cluster of its own."""
    own = '%s=%s' % (name, peer_url(address))
    return [
        'etcd',
        '--advertise-client-urls=' + client_url(address),
        '--cert-file=' + certificates.server,
        '--client-cert-auth=true',
        '--data-dir=' + data,
        '--experimental-initial-corrupt-check=true',
        '--initial-advertise-peer-urls=' + peer_url(address),
        '--initial-cluster=' + (cluster or own),
        *(['--initial-cluster-state=existing'] if cluster else []),
        '--key-file=' + certificates.server_key,
        '--listen-client-urls=%s,%s' % (client_url('127.0.0.1'), client_url(address)),
        '--listen-metrics-urls=http://127.0.0.1:%d' % METRICS_PORT,
        '--listen-peer-urls=' + peer_url(address),
        '--name=' + name,
        '--peer-cert-file=' + certificates.peer,
        '--peer-client-cert-auth=true',
        '--peer-key-file=' + certificates.peer_key,
        '--peer-trusted-ca-file=' + certificates.ca,
        '--snapshot-count=10000',
        '--trusted-ca-file=' + certificates.ca,
    ]


def start(command, log=None):
    """The process of a member, from its flags."""
    return subprocess.Popen([program('etcd'), *command[1:]], stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def etcdctl(certificates, *args, endpoint=client_url('127.0.0.1')):
    """What the real etcdctl prints. Raises CalledProcessError with its words."""
    access = ['--endpoints=' + endpoint, '--cacert=' + certificates.ca, '--cert=' + certificates.server,
              '--key=' + certificates.server_key]
    return subprocess.run([program('etcdctl'), *access, *args], check=True, capture_output=True, text=True,
                          env={**os.environ, 'ETCDCTL_API': '3'}).stdout


def save_snapshot(certificates, path):
    etcdctl(certificates, 'snapshot', 'save', path)
    os.chmod(path, 0o600)


def restore_snapshot(certificates, path, name, address, data, cluster=None):
    """Makes a data folder from a snapshot: a new cluster (with a new identity) of the members that `cluster` names."""
    etcdctl(certificates, 'snapshot', 'restore', path, '--name=' + name, '--data-dir=' + data,
            '--initial-cluster=' + (cluster or '%s=%s' % (name, peer_url(address))),
            '--initial-advertise-peer-urls=' + peer_url(address))
