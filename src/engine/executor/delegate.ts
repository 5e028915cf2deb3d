import { isLocalName, localhostOf } from '../inventory/localhost.ts';
import { TsplayError } from '../model/errors.ts';
import type { Value } from '../model/value.ts';
import { lazyLayer } from '../vars/layer.ts';
import { Lookup } from '../vars/lazy-dict.ts';
import type { VarScope } from '../vars/scope.ts';
import { text } from './keywords.ts';
import type { TaskAt } from './task-at.ts';

/** delegate_to of the task or of a block around it. */
export function delegate({ run, task, frame }: TaskAt, scope: VarScope): string | undefined {
  const name = text(task, frame.play, 'delegate_to', scope);
  if (name === '')
    throw new TsplayError('template', 'Empty hostname produced from delegate_to: ""', { position: task.position });
  // The controller is a host for whoever delegates to it, whether or not the inventory names it.
  if (name !== undefined && isLocalName(name)) localhostOf(run.variables.store.inventory, name);
  return name;
}

/** Variables of the host that does the work: those of play and task too, but it knows for whom it works. */
export function delegateScope({ run, frame, task }: TaskAt, host: string, delegatedTo: string): VarScope {
  return run.variables.scope(frame, delegatedTo, { item: task }).with(new Map([['inventory_hostname', host]]));
}

/**
 * A delegated task sees the variables of who does its work as `ansible_delegated_vars`, and how that host is reached where
 * its own does not say.
 */
export function withDelegate(at: TaskAt, host: string, delegatedTo: string | undefined, scope: VarScope): VarScope {
  if (delegatedTo === undefined) return scope;
  const find = (name: Value) => (name === delegatedTo ? allOf(delegateScope(at, host, delegatedTo)) : undefined);
  const reached = lazyLayer({
    ansible_host: () => delegateScope(at, host, delegatedTo).get('ansible_host') ?? delegatedTo,
    ansible_connection: () => delegateScope(at, host, delegatedTo).get('ansible_connection') ?? 'ssh',
  });
  return scope.assuming(reached).with(new Map([['ansible_delegated_vars', new Lookup(() => [delegatedTo], find)]]));
}

function allOf(scope: VarScope): Value {
  return new Lookup(
    () => scope.names(),
    (name) => (typeof name === 'string' ? scope.get(name) : undefined),
  );
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
