/** Roles whose scenarios build a cluster of kubeadm first. */
export const KUBEADM: ReadonlySet<string> = new Set([
  'additional-control-plane',
  'backup-etcd',
  'etcd-member',
  'first-control-plane',
  'kubeadm-node',
  'reset-node',
  'restore-etcd',
  'upgrade-node',
  'worker-node',
]);
