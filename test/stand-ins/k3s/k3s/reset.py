"""`k3s server --cluster-reset`: makes this server's etcd a cluster of one, of its own data or of a snapshot's."""
import os
import time

from cluster.etcd import EtcdError
from cluster.files import write

from . import authorities, log, node, rotation
from .datastore import Member
from .layout import Layout

DONE = ('Managed etcd cluster membership has been reset, restart without --cluster-reset flag now. Backup and delete '
        '${datadir}/server/db on each peer etcd server and rejoin the nodes')
AGAIN = ('Managed etcd cluster membership was previously reset, please remove the cluster-reset flag and start k3s normally. If you '
         'need to perform another cluster reset, you must first manually delete the %s file')
PREPARING = 'starting kubernetes: preparing server: '
WAIT = 0.5  # seconds


class Reset:
    """What the bootstrap data is opened with: has what `rotation` reads of a server."""

    def __init__(self, options):
        self.options, self.paths = options, Layout(options.data_dir)
        self.node, self.address = node.name_of(options), node.address_of(options)
        self.member = Member(self.paths, self.node, self.address)
        self.datastore = None

    def run(self):
        snapshot = self.options.cluster_reset_restore_path
        self._check(snapshot)
        self.paths.make_folders()
        # Without the authorities of the cluster (a fresh host) etcd gets new ones until the bootstrap data is there.
        authorities.make(self.paths)
        authorities.issue_server_certificates(self.paths, self.node, self.address, self.options.tls_san)
        password = rotation.choose(self)
        self.member.reset(snapshot)
        try:
            self._await_etcd()
            self.datastore = self.member.client()
            shared = rotation.open_bootstrap(self, password)
            if shared:
                authorities.place(self.paths, shared)
        finally:
            self.member.stop()
        rotation.keep(self, password)
        write(self.paths.reset_flag, '', 0o600)
        log.info(DONE)

    def _check(self, snapshot):
        if snapshot and not os.path.exists(snapshot):
            raise log.Fatal(PREPARING + 'start managed database: etcd: snapshot path does not exist: ' + snapshot)
        if snapshot and os.path.isdir(snapshot):
            raise log.Fatal(PREPARING + 'start managed database: etcd: snapshot path must be a file, '
                            'not a directory: ' + snapshot)
        if not snapshot and os.path.exists(self.paths.reset_flag):
            raise log.Fatal(PREPARING + 'start managed database: ' + AGAIN % self.paths.reset_flag)
        if not snapshot and not self.paths.has_etcd():
            raise log.Fatal(PREPARING + 'cannot perform cluster-reset: there is no managed etcd on this host')
        if self.options.server:
            raise log.Fatal('cannot perform cluster-reset while server URL is set - remove server from configuration before resetting')
        if snapshot and not rotation.said(self) and not os.path.exists(self.paths.token):
            raise log.Fatal(PREPARING + 'token is required to restore a snapshot')

    def _await_etcd(self):
        while True:
            try:
                if len(self.member.client().members()) == 1:
                    return
            except EtcdError as error:
                log.info('Failed to test data store connection: %s', error)
            if self.member.process.poll() is not None:
                raise log.Fatal('etcd exited with code %s' % self.member.process.returncode)
            time.sleep(WAIT)
