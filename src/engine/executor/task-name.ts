import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import { Deferred, type Raw, type Scope, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';

/** `role : name` as it is printed; a name that needs what is not known yet stands as it was written. */
export function taskName(task: Task, scope: Scope): string {
  if (task.action === 'include_role') return includeRoleName(task, scope);
  const name = task.keywords.name === undefined ? task.written : rendered(task.keywords.name, scope);
  return task.role ? `${task.role.name} : ${name}` : name;
}

export function rendered(raw: Raw, scope: Scope): string {
  try {
    return pyStr(evaluate(raw, scope));
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return raw instanceof Deferred ? raw.text : pyStr(raw as string);
  }
}

/** An include of a role stands in no role's name; without one of its own it says which role it brings. */
function includeRoleName(task: Task, scope: Scope): string {
  if (task.keywords.name !== undefined) return rendered(task.keywords.name, scope);
  const role = task.args.get('name') ?? task.args.get('role') ?? '';
  return `${task.written} : ${role instanceof Deferred ? role.text : pyStr(role as Value)}`;
}
