"""Where k3s keeps what on a host."""
import os

CONFIG = '/etc/rancher/k3s'
NODE_PASSWORD = '/etc/rancher/node/password'
KUBECONFIG = CONFIG + '/k3s.yaml'
DATA = '/var/lib/rancher/k3s'
PORT = 6443
AGENT_PORT = 6444


class Layout:
    """Paths under a data folder."""

    def __init__(self, data=DATA):
        data = data or DATA
        self.data, self.server, self.agent = data, data + '/server', data + '/agent'
        self.tls = self.server + '/tls'
        self.passwd = self.server + '/cred/passwd'
        self.token = self.server + '/token'
        self.node_token, self.agent_token = self.server + '/node-token', self.server + '/agent-token'
        self.db = self.server + '/db'
        self.etcd, self.sqlite, self.snapshots = self.db + '/etcd', self.db + '/state.db', self.db + '/snapshots'
        self.member_name, self.wal = self.etcd + '/name', self.etcd + '/member/wal'
        self.tombstone, self.reset_flag = self.etcd + '/tombstone', self.db + '/reset-flag'
        self.server_ca, self.client_ca = self.tls + '/server-ca.crt', self.tls + '/client-ca.crt'

    def has_etcd(self):
        """Whether etcd has run here: then the host is a member, whatever its flags say."""
        return os.path.isdir(self.wal)

    def make_folders(self):
        for folder in (self.tls + '/etcd', os.path.dirname(self.passwd), self.db, self.agent + '/etc'):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        for folder in (self.server, self.db, self.tls):
            os.chmod(folder, 0o700)
