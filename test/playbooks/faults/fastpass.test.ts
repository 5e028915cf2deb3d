import { join } from 'node:path';
import { WITH_RUNTIME } from '../../stand-ins/images.ts';
import { describeFaults } from './describe-faults.ts';

const PKI = '/etc/kubernetes/pki/etcd';
const KUBECTL = 'kubectl --kubeconfig /etc/kubernetes/admin.conf';
const ETCDCTL =
  'ETCDCTL_API=3 /usr/lib/stand-ins/bin/etcdctl --endpoints https://127.0.0.1:2379 ' +
  `--cacert ${PKI}/ca.crt --cert ${PKI}/healthcheck-client.crt --key ${PKI}/healthcheck-client.key`;
const [JOINING, ...MEMBERS] = ['control-plane-3', 'control-plane-1', 'control-plane-2'] as const;

describeFaults('a control plane of FastPass that is struck while it joins', {
  members: MEMBERS,
  joining: JOINING,
  setup: WITH_RUNTIME,
  playbook: 'playbooks/deploy-fastpass.yml',
  join: 'Join the other control planes, one at a time',
  settings: (lab, folder) => [
    ...['-i', 'inventories/fastpass/hosts.yml', '-i', lab.inventory, '-e', '@test/stand-ins/vars.yml'],
    ...[
      '-e',
      `kubeconfig_path=${join(folder, 'config')} join_first_wait=1 etcd_retries=12 etcd_delay=1 api_health_delay=1`,
    ],
  ],
  begin: [
    ['test/stand-ins/install.yml', '-l', [...MEMBERS, JOINING].join()],
    ['playbooks/deploy-fastpass.yml', '-l', MEMBERS.join()],
  ],
  joinArguments: ['-l', JOINING],
  kubectl: KUBECTL,
  etcdctl: ETCDCTL,
  reset: 'kubeadm reset --force; rm -f /var/lib/etcd-join.json',
  // kubeadm keeps one that nobody can join with: the uploaded certificates go when it ends.
  tokens: "kubeadm token list | grep -v 'Proxy for managing TTL' | grep -E '^[a-z0-9]{6}\\.'",
  secrets: 'cat /etc/stand-in/canaries',
  keepsSecrets: ['/var/lib/etcd', '/var/backups/etcd'],
  faults: [
    // Its etcd is a member and learns, when nobody is there any more who would promote it: it would keep all others from joining.
    {
      kind: 'host',
      when: 'during',
      task: 'kubeadm-node : Run kubeadm join',
      until: `${ETCDCTL} member list | grep -q 'true$'`,
    },
    { kind: 'network', when: 'after', task: 'kubeadm-node : Upload the certificates under a new key' },
  ],
});
