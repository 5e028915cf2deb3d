import { TsplayError } from '../model/errors.ts';
import { OMIT, type Raw, Undefined, type Value } from '../model/value.ts';
import type { ModuleDefinition } from '../modules/types.ts';
import { evaluate } from '../template/compile.ts';
import { Undecrypted } from '../template/values/undecrypted.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import { moduleDefaults } from './module-defaults.ts';
import { asData } from './plain-data.ts';
import type { TaskAt } from './task-at.ts';

/** The task's arguments over `args: "{{ dict }}"` over module_defaults, evaluated; `omit` is not given. */
export function taskArgs({ task, frame }: TaskAt, module: ModuleDefinition, scope: VarScope): Map<string, Raw> {
  const args = new Map<string, Raw>(moduleDefaults(module, gathered(task, frame.play, 'module_defaults'), scope));
  const more = task.deferredArgs === undefined ? undefined : evaluate(task.deferredArgs, scope);
  if (more instanceof Map) for (const [name, value] of more) args.set(String(name), value);
  else if (more !== undefined && more !== OMIT) {
    throw new TsplayError('module', `invalid or malformed argument: '${pyStr(more)}'`, {
      position: task.position,
      hint: 'the template must give a dictionary of arguments',
    });
  }
  for (const [name, raw] of task.args) {
    const deferred = module.args[name]?.deferred;
    const value = deferred ? raw : asData(evaluateArgument(raw, scope));
    if (value === OMIT) args.delete(name);
    else args.set(keyOf(name, module, scope), value);
  }
  return args;
}

function evaluateArgument(raw: Raw, scope: VarScope): Value {
  const value = evaluate(raw, scope);
  if (value instanceof Undecrypted) throw value.error();
  if (value instanceof Undefined) {
    throw new TsplayError('undefined', `The task includes an option with an undefined variable.. ${value.message}`);
  }
  return value;
}

/** Names of set_fact may be templates; everywhere else a name is a name. */
function keyOf(name: string, module: ModuleDefinition, scope: VarScope): string {
  if (!module.openArgs || !name.includes('{{')) return name;
  return String(evaluate(scope.world.compile(name), scope));
}
