import { WITH_ETCD, WITH_MONITORING, WITH_RUNTIME } from '../stand-ins/images.ts';

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

/** What lies on the hosts of a role's scenarios from the beginning; see `ImageOptions`. */
export function setupOf(role: string): readonly string[] {
  if (role === 'k3s-onboarding') return WITH_MONITORING;
  if (KUBEADM.has(role)) return WITH_RUNTIME;
  return role.startsWith('k3s-') || NEED_STAND_INS.has(role) ? WITH_ETCD : [];
}

/** Others whose scenarios install stand-ins. */
const NEED_STAND_INS = new Set(['k0s-node', 'kubernetes-prerequisites']);
