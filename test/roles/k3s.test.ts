import { describeScenarios } from './describe-scenario.ts';

describeScenarios((role) => role.startsWith('k3s-'));
