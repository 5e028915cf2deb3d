import type { Raw, Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import type { VarScope } from '../vars/scope.ts';
import { foreseenOn } from './foreseen-on.ts';
import type { TaskAt } from './task-at.ts';

/** Arguments that name what a module writes, or says that it writes. */
const WRITTEN = ['dest', 'path', 'creates'];

/** Notes what a task that check mode left out may have written on a host, as far as its arguments tell. */
export function leaveOutPaths({ run, task, module, info }: TaskAt, host: string, scope: VarScope): void {
  if (!module || module.asksOnly || module.controllerOnly) return;
  for (const name of WRITTEN) {
    const raw = task.args.get(name);
    if (raw === undefined || module.args[name]?.type !== 'path') continue;
    const path = pathOf(raw, scope);
    if (path?.startsWith('/')) foreseenOn(run, host).leaveOutPath(path, info.name);
  }
}

/** Undefined where it depends on what is not known. */
function pathOf(raw: Raw, scope: VarScope): string | undefined {
  let value: Value;
  try {
    value = evaluate(raw, scope);
  } catch {
    return undefined;
  }
  return typeof value === 'string' ? value : undefined;
}
