"""`k0s controller`: etcd, the API server, its controllers and the API for those who join, and a worker where it is enabled."""
import base64
import fcntl
import os
import signal
import subprocess
import sys
import threading

from cluster import kinds, kubeconfig, launch, member, pki
from cluster.errors import ApiError
from cluster.files import read, write

from . import config, join_api, service, status, tokens, worker
from .access import admin, etcd
from .layout import JOINS_BY_ETCD, RUN, node_name, numbers, version
from .log import Failure, error, info, warning

CONTROL_PLANE_TAINT = {'key': 'node-role.kubernetes.io/control-plane', 'effect': 'NoSchedule'}
BOOTSTRAPPERS = {
    'apiVersion': 'rbac.authorization.k8s.io/v1', 'kind': 'ClusterRoleBinding', 'metadata': {'name': 'kubelet-bootstrap'},
    'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'system:node-bootstrapper'},
    'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': 'system:bootstrappers'}],
}


class Controller:
    def __init__(self, layout, flags, token):
        self.layout, self.flags, self.token = layout, flags, token
        self.config = config.read(layout.config, required='config' in flags)
        self.address = self.config['spec']['api']['address']
        self.peer = self.config['spec']['storage']['etcd']['peerAddress']
        self.etcd_process, self.stopping = None, threading.Event()

    def run(self):
        lock()
        for folder, mode in ((self.layout.data, 0o755), (self.layout.pki, 0o751), (self.layout.etcd_pki, 0o711), (self.layout.etcd, 0o700)):
            os.makedirs(folder, mode=mode, exist_ok=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        self._serve_status()
        members = self._join() if self._needs_to_join() else None
        self._make_certificates()
        self._start_etcd(members)
        self._start_api()
        if self.runs_workloads:
            taints = [] if self.flags.get('no-taints') or self.flags.get('single') else [CONTROL_PLANE_TAINT]
            worker.start_embedded(self.layout, self.flags, self.address, taints)
        self._wait()

    @property
    def runs_workloads(self):
        return bool(self.flags.get('enable-worker') or self.flags.get('single'))

    def _needs_to_join(self):
        if numbers(version()) >= JOINS_BY_ETCD:
            return not self.layout.has_etcd_data
        return not (os.path.exists(self.layout.ca) and os.path.exists(self.layout.ca_key))

    def _join(self):
        """What etcd is to join, as NAME=URL,...; None without a token: a cluster of its own begins."""
        text = token_text(self.flags, self.token)
        if not text:
            return None
        user, access = tokens.decode(text)
        if user != 'controller-bootstrap':
            raise Failure('failed to join controller: failed to create join client: wrong token type %s, expected type: controller-bootstrap' % user)
        info('Joining existing cluster via ' + access.server)
        client = join_api.JoinClient(access)
        try:
            held = client.certificates()
        except (OSError, Failure) as problem:
            raise Failure('failed to join controller: failed to join existing cluster via %s: %s' % (access.server, problem))
        info('Got valid CA response, storing certificates')
        for field, name, mode in (('key', 'ca.key', 0o640), ('cert', 'ca.crt', 0o644), ('sa_key', 'sa.key', 0o640), ('sa_pub', 'sa.pub', 0o644)):
            write(self.layout.pki + '/' + name, base64.b64decode(held[field]).decode(), mode)
        return ','.join(self._become_member(client, access))

    def _become_member(self, client, access):
        info('Synchronizing etcd config with existing cluster via ' + access.server)
        attempts = 10 if numbers(version()) >= JOINS_BY_ETCD else 1
        try:
            answer = client.members({'node': node_name(self.flags), 'peerAddress': member.peer_url(self.peer)}, attempts)
        except (OSError, Failure) as problem:
            raise Failure('failed to start controller node components: failed to sync etcd config: %s' % problem)
        for field, name in (('key', 'ca.key'), ('cert', 'ca.crt')):
            write(self.layout.etcd_pki + '/' + name, base64.b64decode(answer['ca'][field]).decode(), 0o600)
        return answer['initialCluster']

    def _make_certificates(self):
        place, name, api = self.layout, node_name(self.flags), self.config['spec']['api']
        if not os.path.exists(place.ca):
            pki.make_authority(place.ca, place.ca_key, 'kubernetes-ca')
            write(place.pki + '/sa.key', os.urandom(32).hex(), 0o640)
            write(place.pki + '/sa.pub', '', 0o644)
        names = ['DNS:%s' % each for each in ('localhost', 'kubernetes', 'kubernetes.default', name)] + ['IP:127.0.0.1']
        given = [*api['sans'], api['address'], api.get('externalAddress') or api['address']]
        names += sorted({('IP:' if config.is_address(each) else 'DNS:') + each for each in given})
        pki.issue(place.pki + '/server.crt', place.pki + '/server.key', place.ca, place.ca_key, 'kubernetes', names=names)
        pki.issue(place.pki + '/k0s-api.crt', place.pki + '/k0s-api.key', place.ca, place.ca_key, 'k0s-api', names=names)
        pki.issue(place.pki + '/admin.crt', place.pki + '/admin.key', place.ca, place.ca_key, 'kubernetes-admin', group='system:masters')
        local = 'https://localhost:%d' % api['port']
        write(place.admin, kubeconfig.render(local, read(place.ca), 'user', read(place.pki + '/admin.crt'), read(place.pki + '/admin.key'),
                                             cluster='local', context='Default'), 0o600)

    def _start_etcd(self, members):
        certificates, name = member.Certificates(self.layout.etcd_pki), node_name(self.flags)
        kill_leftover()
        if self.layout.has_etcd_data:
            warning('etcd db file(s) already exist, not gonna run join process')
        certificates.make(name, self.peer)
        client = self.layout.pki + '/apiserver-etcd-client'
        pki.issue(client + '.crt', client + '.key', certificates.ca, certificates.ca_key, 'apiserver-etcd-client')
        info('Starting etcd')
        self.etcd_process = member.start(member.flags(name, self.peer, self.layout.etcd, certificates, members), sys.stderr)
        write(RUN + '/etcd.pid', str(self.etcd_process.pid))

    def _start_api(self):
        place, api = self.layout, self.config['spec']['api']
        while not self.stopping.is_set():
            try:
                launch.start_api(etcd(place), version().split('+')[0], place.pki + '/server.crt', place.pki + '/server.key', place.ca,
                                 service_key=read(place.pki + '/sa.key'), port=api['port'])
                break
            except launch.Unavailable as problem:
                error('kube-apiserver: %s' % problem)  # k0s starts it again, for as long as there is no quorum
                self._require_etcd()
        launch.start_controllers(place.admin, place.ca, place.ca_key)
        try:
            admin(place).ensure(kinds.built_in('ClusterRoleBinding', kinds.RBAC), BOOTSTRAPPERS)
        except (ApiError, OSError) as problem:
            warning('failed to apply manifest bootstraprbac: %s' % problem)
        join_api.serve(place, api['k0sApiPort'], place.pki + '/k0s-api.crt', place.pki + '/k0s-api.key')

    def _require_etcd(self):
        if self.etcd_process.poll() is not None:
            raise Failure('etcd terminated: exit status %d' % self.etcd_process.returncode)

    def _serve_status(self):
        words = ['/usr/local/bin/k0s', *sys.argv[1:]]
        state = {'Version': version(), 'Pid': os.getpid(), 'PPid': os.getppid(), 'Role': 'controller', 'SysInit': 'linux-systemd',
                 'StubFile': service.UNITS % 'controller', 'Output': '', 'Workloads': self.runs_workloads, 'SingleNode': bool(self.flags.get('single')),
                 'Args': words, 'WorkerToAPIConnectionStatus': {'Message': '', 'Success': self.runs_workloads}, 'ClusterConfig': self.config,
                 'K0sVars': {'DataDir': self.layout.data, 'CertRootDir': self.layout.pki, 'EtcdDataDir': self.layout.etcd}}
        status.serve(self.layout.socket, lambda: state)

    def _wait(self):
        while not self.stopping.wait(1):
            self._require_etcd()
        info('Shutting down process')
        self.etcd_process.terminate()
        self.etcd_process.wait(30)


def lock():
    """Held for as long as k0s runs: `k0s reset` and a second k0s look at it."""
    os.makedirs(RUN, mode=0o755, exist_ok=True)
    file = open(RUN + '/k0s.yaml', 'a')
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Failure('failed to initialize runtime config: another k0s process is still running')
    _held.append(file)


_held = []


def is_locked():
    try:
        with open(RUN + '/k0s.yaml') as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True


def kill_leftover():
    """The unit kills just k0s itself (KillMode=process), so an etcd may be left of a k0s that was killed."""
    try:
        pid = int(read(RUN + '/etcd.pid'))
        if b'etcd' in open('/proc/%d/cmdline' % pid, 'rb').read().split(b'\0')[0]:
            os.kill(pid, signal.SIGTERM)
            subprocess.run(['tail', '--pid=%d' % pid, '-f', '/dev/null'], timeout=30)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        pass


def token_text(flags, argument):
    """The join token from the one place where it is given; '' if there is none."""
    path, variable = flags.get('token-file'), os.environ.get('K0S_TOKEN', '')
    if sum(bool(each) for each in (path, variable, argument)) > 1:
        raise Failure("you can only pass one token source: either as a CLI argument, via '--token-file [path]', or via the K0S_TOKEN environment variable")
    if not path:
        return variable or argument or ''
    problem = 'not found' if not os.path.exists(path) else '' if os.path.getsize(path) else 'is empty'
    if problem:
        raise Failure('token file "%s" %s: obtain a new token via "k0s token create ..." and store it in the file or reinstall this node via '
                      '"k0s install --force ..." or "k0sctl apply --force ..."' % (path, problem))
    return read(path)
