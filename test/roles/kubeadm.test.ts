import { describeScenarios } from './describe-scenario.ts';
import { KUBEADM } from './groups.ts';

describeScenarios((role) => KUBEADM.has(role));
