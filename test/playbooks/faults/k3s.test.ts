import { WITH_ETCD } from '../../stand-ins/images.ts';
import { describeFaults } from './describe-faults.ts';

const TLS = '/var/lib/rancher/k3s/server/tls/etcd';
const ETCDCTL =
  'ETCDCTL_API=3 /usr/lib/stand-ins/bin/etcdctl --endpoints https://127.0.0.1:2379 ' +
  `--cacert ${TLS}/server-ca.crt --cert ${TLS}/client.crt --key ${TLS}/client.key`;
const [JOINING, ...MEMBERS] = ['server-3', 'server-1', 'server-2'] as const;
const PLAYBOOK = 'playbooks/k3s-cluster.yml';

describeFaults('a k3s server that is struck while it joins', {
  members: MEMBERS,
  joining: JOINING,
  setup: WITH_ETCD,
  playbook: PLAYBOOK,
  join: 'Join the other servers, one at a time',
  settings: (lab) => [
    ...['-i', 'inventories/k3s/hosts.yml', '-i', lab.inventory],
    ...['-e', '@test/stand-ins/k3s/vars.yml'],
  ],
  begin: [
    ['test/stand-ins/k3s/install.yml', '-l', [...MEMBERS, JOINING].join()],
    [PLAYBOOK, '-l', MEMBERS.join()],
  ],
  joinArguments: ['-l', JOINING],
  kubectl: 'k3s kubectl',
  etcdctl: ETCDCTL,
  reset: 'k3s-uninstall.sh; k3s-killall.sh',
  secrets: "sed 's/.*://' /var/lib/rancher/k3s/server/token",
  keepsSecrets: ['/var/lib/rancher/k3s/server', '/etc/rancher/k3s/token'],
  faults: [
    { kind: 'host', when: 'after', task: 'k3s-server : Run k3s now and at every start' },
    { kind: 'controller', when: 'before', task: 'k3s-server : Wait until the node is Ready and its etcd votes' },
    { kind: 'network', when: 'after', task: 'k3s-server : Run k3s now and at every start' },
  ],
});
