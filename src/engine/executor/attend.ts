import type { VarScope } from '../vars/scope.ts';
import type { TaskAt } from './task-at.ts';

/** In check mode: the same variables, which tell whether any that was asked for is not to be relied on. */
export function attending({ run }: TaskAt, scope: VarScope): VarScope {
  return run.settings.checkMode ? scope.attentive() : scope;
}
