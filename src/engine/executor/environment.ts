import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import { OMIT, type Raw, Undefined, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import type { TaskAt } from './task-at.ts';

/** All `environment`s around the task, the inner ones on top. */
export function environmentOf({ task, frame }: TaskAt, scope: VarScope): Map<string, string> | undefined {
  const environment = new Map<string, string>();
  for (const level of gathered(task, frame.play, 'environment')) {
    const entries = level instanceof Map ? level : evaluate(level, scope);
    if (entries === OMIT || entries === null || entries === '') continue;
    if (!(entries instanceof Map)) {
      throw new TsplayError('template', 'environment must be a dictionary', { hint: 'write NAME: value pairs' });
    }
    for (const [name, raw] of entries) {
      const value = environmentValue(raw, task, scope);
      if (value !== OMIT) environment.set(String(name), value === null ? '' : pyStr(value));
    }
  }
  return environment.size ? environment : undefined;
}

/** Facts are gathered without the part of the environment that needs them. */
function environmentValue(raw: Raw, task: Task, scope: VarScope): Value {
  try {
    const value = evaluate(raw, scope);
    if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
    return value;
  } catch (error) {
    if (task.action === 'setup' && error instanceof TsplayError && error.kind === 'undefined') return OMIT;
    throw error;
  }
}
