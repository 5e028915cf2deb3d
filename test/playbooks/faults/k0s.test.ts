import { WITH_ETCD } from '../../stand-ins/images.ts';
import { describeFaults } from './describe-faults.ts';

const PKI = '/var/lib/k0s/pki';
const ETCDCTL =
  'ETCDCTL_API=3 /usr/lib/stand-ins/bin/etcdctl --endpoints https://127.0.0.1:2379 ' +
  `--cacert ${PKI}/etcd/ca.crt --cert ${PKI}/apiserver-etcd-client.crt --key ${PKI}/apiserver-etcd-client.key`;
const [JOINING, ...MEMBERS] = ['control-plane-3', 'control-plane-1', 'control-plane-2'] as const;
const PLAYBOOK = 'playbooks/k0s-cluster.yml';

// The playbook as it is run to let a cluster grow: all its hosts take part, since who leads is found out from all of them.
describeFaults('a k0s controller that is struck while it joins', {
  members: MEMBERS,
  joining: JOINING,
  setup: WITH_ETCD,
  workers: ['worker-1'],
  playbook: PLAYBOOK,
  join: 'Make the controllers, one at a time',
  settings: (lab, folder) => [
    ...['-i', lab.inventory, '-e', '@test/stand-ins/k0s/vars.yml'],
    ...['-e', `k0s_folder=${folder}/k0s kubeconfig_path=${folder}/kubeconfig k0s_health_retries=20`],
  ],
  begin: [['test/stand-ins/k0s/install.yml'], [PLAYBOOK, '-e', 'control_plane_count=2']],
  joinArguments: ['-e', 'control_plane_count=3'],
  kubectl: 'k0s kubectl',
  etcdctl: ETCDCTL,
  reset: 'k0s etcd leave; k0s stop; k0s reset; rm -f /etc/k0s/join-token /run/k0s-join-token',
  tokens: "k0s token list | grep -v 'No k0s join tokens found'",
  secrets: 'cat /etc/stand-in/canaries',
  keepsSecrets: ['/var/lib/k0s/etcd', '/var/backups/k0s'],
  faults: [
    {
      kind: 'host',
      when: 'during',
      task: 'k0s-node : Wait for the API of the new controller',
      until: `${ETCDCTL} member list | grep -q unstarted`,
    },
    { kind: 'controller', when: 'before', task: 'k0s-node : Start it' },
  ],
});
