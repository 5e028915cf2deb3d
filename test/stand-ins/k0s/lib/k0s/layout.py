"""Where k0s keeps its files on a host."""
import os

CONFIG = '/etc/k0s/k0s.yaml'
RUN = '/run/k0s'
VERSION_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'VERSION')


class Layout:
    def __init__(self, flags):
        self.data = flags.get('data-dir') or '/var/lib/k0s'
        self.config = flags.get('config') or CONFIG
        self.socket = flags.get('status-socket') or RUN + '/status.sock'
        self.pki, self.etcd, self.bin = self.data + '/pki', self.data + '/etcd', self.data + '/bin'
        self.ca, self.ca_key = self.pki + '/ca.crt', self.pki + '/ca.key'
        self.admin = self.pki + '/admin.conf'
        self.etcd_pki = self.pki + '/etcd'
        self.kubelet = self.data + '/kubelet.conf'

    @property
    def has_etcd_data(self):
        return os.path.exists(self.etcd + '/member/snap/db')


def version():
    """Of this k0s, such as v1.33.4+k0s.0."""
    with open(VERSION_FILE) as file:
        return file.read().strip()


def numbers(text):
    """(1, 33, 4) of v1.33.4+k0s.0."""
    return tuple(int(part) for part in text.lstrip('v').split('+')[0].split('-')[0].split('.'))


# Before, a controller that had the CA was taken for one that had joined, though its etcd had not (k0s#5149).
JOINS_BY_ETCD = (1, 31, 2)


def node_name(flags=None):
    for word in (flags or {}).get('kubelet-extra-args', '').split():
        if word.startswith('--hostname-override='):
            return word.split('=', 1)[1].strip('"\'').lower()
    return os.uname().nodename.lower()
