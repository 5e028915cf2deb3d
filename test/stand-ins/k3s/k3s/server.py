"""`k3s server`: datastore, supervisor and API, and the node that it runs on."""
import json
import os
import shutil
import threading
import time

from cluster import kinds, launch
from cluster.api.app import Api
from cluster.api.server import make_server
from cluster.etcd import EtcdError
from cluster.files import read, write
from cluster.kubeconfig import render

from . import (
    access, agent, authorities, layout, log, membership, node, nodepasswords, rotation, service, sqlite_to_etcd, supervisor, tokens,
)
from .datastore import Member
from .kine import Kine
from .version import VERSION

STATE_CHECK = 1  # seconds between tests of the datastore; k3s waits five
POD_NETWORK = '10.42.0.0/16'
LOOPBACK = 'https://127.0.0.1:%d' % layout.PORT


class Server:
    def __init__(self, options):
        self.options, self.paths = options, layout.Layout(options.data_dir)
        self.node, self.address = node.name_of(options), node.address_of(options)
        self.ready = threading.Event()
        self.member = self.datastore = self.api = None

    def run(self):
        """Goes on until the program ends. Raises log.Fatal where k3s ends."""
        log.info('Starting k3s %s', VERSION)
        self.paths.make_folders()
        self._leave_what_was_removed()
        entry = self._prepare()
        self._start_datastore(entry)
        self._serve_api()
        self._start_node()
        service.tell_ready()
        log.info('k3s is up and running')
        self._watch_etcd()

    def uses_etcd(self):
        return self.paths.has_etcd() or self.options.cluster_init or bool(self.options.server)

    def addresses(self):
        """Of all servers, as ADDRESS:PORT."""
        nodes = self.api.store.list(kinds.NODE)[0] if self.ready.is_set() else []
        servers = [each for each in nodes if 'node-role.kubernetes.io/control-plane' in (each['metadata'].get('labels') or {})]
        known = [address for each in servers for address in (each.get('status') or {}).get('addresses', [])]
        found = [each['address'] for each in known if each['type'] == 'InternalIP']
        return ['%s:%d' % (each, layout.PORT) for each in found] or ['%s:%d' % (self.address, layout.PORT)]

    def _leave_what_was_removed(self):
        if os.path.exists(self.paths.tombstone):
            log.info('tombstone file has been detected, removing data dir to rejoin the cluster')
            shutil.move(self.paths.etcd, '%s-backup-%d' % (self.paths.etcd, time.time()))

    def _prepare(self):
        """Certificates, passwords, tokens; gives the access to the cluster where this server is yet to join one."""
        entry = None
        if self.options.server and not self.paths.has_etcd():
            entry = self._enter()
        else:
            authorities.make(self.paths)
        authorities.issue_server_certificates(self.paths, self.node, self.address, self.options.tls_san)
        self.password = rotation.choose(self)
        rotation.keep(self, self.password)
        self.member = Member(self.paths, self.node, self.address) if self.uses_etcd() else None
        self.datastore = self.member.client() if self.member else Kine(self.paths.sqlite)
        self.api = Api(self.datastore, VERSION, read(self.paths.tls + '/server-ca.key'))
        self._listen()
        return entry

    def _enter(self):
        text = rotation.said(self)
        if not text:
            raise log.Fatal('starting kubernetes: preparing server: K3S_TOKEN is required to join a cluster')
        try:
            entry = access.Access(self.options.server, text, 'server')
            authorities.place(self.paths, json.loads(entry.get('/v1-k3s/server-bootstrap')))
            return entry
        except tokens.TokenError as error:
            raise log.Fatal('starting kubernetes: preparing server: failed to validate token: %s' % error)
        except (access.Refused, OSError) as error:
            raise log.Fatal('starting kubernetes: preparing server: failed to bootstrap cluster data: %s' % error)

    def _listen(self):
        """From here on the supervisor answers; the API does when the datastore is there."""
        certificate = self.paths.tls + '/serving-kube-apiserver'
        listener = make_server(self.api, certificate + '.crt', certificate + '.key', self.paths.client_ca, port=layout.PORT)
        listener.RequestHandlerClass = supervisor.handler_over(listener.RequestHandlerClass, self)
        threading.Thread(target=listener.serve_forever, daemon=True).start()

    def _start_datastore(self, entry):
        if self.member:
            service.on_end(self.member.stop)
            self._start_member(entry)
            self._await_vote()
        rotation.save_bootstrap(self, self.password)

    def _start_member(self, entry):
        if self.paths.has_etcd():
            log.info('Managed etcd cluster bootstrap already complete and initialized')
            self.member.start_again()
        elif entry:
            self.member.join(entry)
        else:
            log.info('Managed etcd cluster initializing')
            self.member.begin()

    def _await_vote(self):
        while True:
            try:
                self.member.check()
                if os.path.exists(self.paths.sqlite):
                    sqlite_to_etcd.migrate(self.paths.sqlite, self.datastore)
                log.info('etcd data store connection OK')
                return
            except EtcdError as error:
                log.info('Failed to test data store connection: %s', error)
            if self.member.process.poll() is not None:
                self._say_why_etcd_ended()
            time.sleep(STATE_CHECK)

    def _serve_api(self):
        launch.prepare(self.api)
        self._end_reset()
        self.ready.set()
        log.info('Kube API server is now running')
        self._write_kubeconfig()
        membership.Keeper(self).start()
        launch.start_controllers(self.kubeconfig(), self.paths.client_ca, self.paths.tls + '/client-ca.key', POD_NETWORK)

    def _end_reset(self):
        """After a reset, the password of this node may be another one than the snapshot knows."""
        if os.path.exists(self.paths.reset_flag):
            nodepasswords.forget(self.api.store, self.node)
            os.remove(self.paths.reset_flag)

    def kubeconfig(self):
        return self.options.write_kubeconfig or layout.KUBECONFIG

    def _write_kubeconfig(self):
        certificate = self.paths.tls + '/client-admin'
        text = render(LOOPBACK, read(self.paths.server_ca), 'default', read(certificate + '.crt'), read(certificate + '.key'),
                      cluster='default', context='default')
        write(self.kubeconfig(), text, int(self.options.write_kubeconfig_mode or '600', 8))

    def _start_node(self):
        labels, notes = dict(node.CONTROL_PLANE), {}
        if self.member:
            labels.update(node.ETCD)
            notes = {membership.MEMBER_NAME: self.member.name(), membership.MEMBER_ADDRESS: self.address}
        described = node.describe(self.options, labels, notes)
        agent.Joiner(self.paths, described, LOOPBACK, read(self.paths.agent_token).strip()).join()

    def _watch_etcd(self):
        while not self.member or self.member.process.poll() is None:
            time.sleep(STATE_CHECK)
        self._say_why_etcd_ended()

    def _say_why_etcd_ended(self):
        if self.member.was_removed():
            write(self.paths.tombstone, '', 0o600)
            raise log.Fatal('this node has been removed from the cluster please restart k3s to rejoin the cluster')
        raise log.Fatal('etcd exited with code %s' % self.member.process.returncode)
