import { TsplayError } from '../model/errors.ts';
import type { VarScope } from '../vars/scope.ts';
import { text } from './keywords.ts';
import type { TaskAt } from './task-at.ts';

/** delegate_to of the task or of a block around it. */
export function delegate({ task, frame }: TaskAt, scope: VarScope): string | undefined {
  const name = text(task, frame.play, 'delegate_to', scope);
  if (name === '')
    throw new TsplayError('template', 'Empty hostname produced from delegate_to: ""', { position: task.position });
  return name;
}

/** Who does the work is known before the conditions; where it cannot be told, they may still say that nobody does. */
export function delegateUnlessUndefined(at: TaskAt, scope: VarScope): string | undefined {
  try {
    return delegate(at, scope);
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'undefined') return undefined;
    throw error;
  }
}
