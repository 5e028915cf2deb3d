import type { Block, Task } from '../../model/playbook.ts';
import type { Raw } from '../../model/value.ts';
import { loadIncludedRole, loadTasksFile } from '../../playbook/dynamic.ts';
import type { Loader } from '../../playbook/loader.ts';
import type { Place } from '../content.ts';

/** What an include brings, if the task is one and names it without a template. */
export function loadIncluded(loader: Loader, task: Task, place: Place): Block | undefined {
  const context = { loader, task, play: { directory: place.directory, keywords: place.play?.keywords ?? {} } };
  if (task.action === 'include_tasks') {
    const name = task.args.get('_raw_params');
    return typeof name === 'string' ? loadTasksFile(name.trim(), context).block : undefined;
  }
  if (task.action !== 'include_role') return undefined;
  const name = task.args.get('name');
  const from = FROM.map((part) => task.args.get(`${part}_from`));
  if (typeof name !== 'string' || !from.every(isNamed)) return undefined;
  const [tasks, vars, defaults, handlers] = from;
  return loadIncludedRole(name, context, { from: { tasks, vars, defaults, handlers } }).block;
}

const FROM = ['tasks', 'vars', 'defaults', 'handlers'] as const;

function isNamed(raw: Raw | undefined): raw is string | undefined {
  return raw === undefined || typeof raw === 'string';
}
