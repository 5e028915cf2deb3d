"""The member of etcd inside a server: made, joined as a learner, started again, reset, restored. The etcd is Debian's."""
import ctypes
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

from cluster.etcd import Etcd, EtcdError
from cluster.files import read, write
from cluster.paths import program

from . import log

LOOPBACK = 'https://127.0.0.1:2379'
TOO_MANY_LEARNERS, UNHEALTHY = 'too many learner members in cluster', 'unhealthy cluster'
REMOVED = 'the member has been permanently removed from the cluster'
RETRY = 1  # seconds between attempts to join
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Member:
    def __init__(self, layout, node, address):
        self.layout, self.node, self.address = layout, node, address
        self.peer_url, self.client_url = 'https://%s:2380' % address, 'https://%s:2379' % address
        self.process, self.removed = None, False

    def name(self, fresh=False):
        """NODE-xxxxxxxx: chosen once, and again after a reset."""
        path = self.layout.member_name
        if fresh or not os.path.exists(path):
            os.makedirs(self.layout.etcd, mode=0o700, exist_ok=True)
            write(path, '%s-%s' % (self.node, secrets.token_hex(4)), 0o600)
        return read(path)

    def client(self, endpoints=(LOOPBACK,)):
        tls = self.layout.tls + '/etcd'
        return Etcd(endpoints, tls + '/server-ca.crt', tls + '/client.crt', tls + '/client.key')

    def begin(self):
        log.info('Starting etcd for new cluster, cluster-reset=false')
        self._start('%s=%s' % (self.name(), self.peer_url), 'new')

    def start_again(self):
        log.info('Starting etcd for existing cluster member')
        self._start('%s=%s' % (self.name(), self.peer_url), 'existing')

    def join(self, access):
        """Becomes a learner of the cluster behind `access`, waiting while another one is."""
        while True:
            try:
                return self._start(self._add(access), 'existing')
            except EtcdError as error:
                if TOO_MANY_LEARNERS not in str(error) and UNHEALTHY not in str(error):
                    raise log.Fatal('etcd cluster join failed: %s' % error)
                log.info('Waiting for other members to finish joining etcd cluster: %s', error)
            except OSError as error:
                log.info('Waiting to retrieve etcd cluster member list: failed to get MemberList from server: %s', error)
            time.sleep(RETRY)

    def _add(self, access):
        """What etcd is told as its initial cluster; this host is added to it unless it is there."""
        members, known = access.get_json('/db/info')['members'], []
        added = False
        for member in members:
            host = urllib.parse.urlsplit(member['peerURLs'][0]).hostname
            name = member['name'] or (self.name() if host == self.address else '')
            added = added or (name == self.name() and host == self.address)
            known.append('%s=%s' % (name, member['peerURLs'][0]))
            if name != self.name() and name.rpartition('-')[0] == self.node:
                os.remove(self.layout.member_name)
                raise log.Fatal('etcd cluster join failed: duplicate node name found, please use a unique name for this node')
        if not added:
            voters = [url for member in members if not member.get('isLearner') for url in member.get('clientURLs', [])]
            log.info('Adding member %s=%s to etcd cluster %s', self.name(), self.peer_url, known)
            self.client(voters).add_member(self.peer_url)
            known.append('%s=%s' % (self.name(), self.peer_url))
        log.info('Starting etcd to join cluster with members %s', known)
        return ','.join(known)

    def reset(self, snapshot=None):
        """Makes this member the only one of a cluster, of its own data or of a snapshot's. Its etcd runs afterwards."""
        if snapshot:
            self._restore(snapshot)
        name = self.name(fresh=True)
        log.info('Starting etcd for new cluster, cluster-reset=true')
        self._start('%s=%s' % (name, self.peer_url), 'new', ['--force-new-cluster'], alone=True)

    def _restore(self, snapshot):
        self.name()  # makes the folder where there is none yet
        kept = '%s-old-%d' % (self.layout.etcd, time.time())
        os.rename(self.layout.etcd, kept)
        log.info('Pre-restore etcd database moved to %s', kept)
        name = '%s-%s' % (self.node, secrets.token_hex(4))
        subprocess.run([program('etcdctl'), 'snapshot', 'restore', snapshot, '--name', name, '--data-dir', self.layout.etcd,
                        '--initial-advertise-peer-urls', self.peer_url, '--initial-cluster', '%s=%s' % (name, self.peer_url)],
                       check=True, capture_output=True, env={**os.environ, 'ETCDCTL_API': '3'})

    def _start(self, cluster, state, more=(), alone=False):
        """Runs etcd; `alone` keeps other members from it."""
        tls = self.layout.tls + '/etcd'
        own = '' if alone else ',' + self.client_url
        os.chmod(self.layout.etcd, 0o700)
        command = [
            program('etcd'), '--name', self.name(), '--data-dir', self.layout.etcd,
            '--initial-cluster', cluster, '--initial-cluster-state', state,
            '--initial-advertise-peer-urls', self.peer_url, '--advertise-client-urls', LOOPBACK if alone else self.client_url,
            '--listen-client-urls', LOOPBACK + own, '--listen-metrics-urls', 'http://127.0.0.1:2381',
            '--listen-peer-urls', 'https://127.0.0.1:2380' + ('' if alone else ',' + self.peer_url),
            '--client-cert-auth', '--trusted-ca-file', tls + '/server-ca.crt',
            '--cert-file', tls + '/server-client.crt', '--key-file', tls + '/server-client.key',
            '--peer-client-cert-auth', '--peer-trusted-ca-file', tls + '/peer-ca.crt',
            '--peer-cert-file', tls + '/peer-server-client.crt', '--peer-key-file', tls + '/peer-server-client.key',
            '--heartbeat-interval', '500', '--election-timeout', '5000', '--snapshot-count', '10000', *more]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=_end_with_parent)
        threading.Thread(target=self._repeat_log, daemon=True).start()

    def _repeat_log(self):
        for line in self.process.stderr:
            self.removed = self.removed or REMOVED in line
            sys.stderr.write(line)

    def was_removed(self):
        """Whether etcd ended since the other members removed it."""
        return self.removed

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()

    def check(self):
        """Raises unless this member is a voter: k3s starts no API before."""
        status = self.client().status()
        if status.get('isLearner'):
            raise EtcdError('this server has not yet been promoted from learner to voting member')
        members = self.client().members()
        if not any(member['name'] == self.name() and self.peer_url in member['peerURLs'] for member in members):
            found = ['%s=%s' % (member['name'], member['peerURLs'][0]) for member in members]
            raise EtcdError('this server is a not a member of the etcd cluster. Found %s, expect: %s=%s'
                            % (found, self.name(), self.peer_url))


def _end_with_parent():
    """In k3s, etcd is a part of the process itself: it never outlives it."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
