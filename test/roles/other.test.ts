import { describeScenarios } from './describe-scenario.ts';
import { KUBEADM } from './groups.ts';

describeScenarios((role) => !role.startsWith('k3s-') && !KUBEADM.has(role));
