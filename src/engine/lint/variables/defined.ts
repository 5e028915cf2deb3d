import type { Task } from '../../model/playbook.ts';
import type { Raw } from '../../model/value.ts';
import { GLOBALS } from '../../template/globals.ts';
import type { Content } from '../content.ts';

/** What the run itself gives, and what templates know without it. */
const GIVEN = [
  ...GLOBALS.keys(),
  ...'inventory_hostname inventory_hostname_short inventory_dir inventory_file group_names groups hostvars'.split(' '),
  ...'play_hosts playbook_dir role_name role_names role_path role_uuid environment vars omit item'.split(' '),
  ...'template_host template_uid template_path template_fullpath template_destpath template_mtime template_run_date'.split(
    ' ',
  ),
  ...'loop self super caller varargs kwargs true false none True False None packages services module_setup'.split(' '),
];

/** Names of variables that something in the content gives a value, wherever it does. */
export function definedNames(content: Content): Set<string> {
  const names = new Set(GIVEN);
  const add = (vars: Iterable<unknown> | undefined): void => {
    for (const name of vars ?? []) names.add(String(name));
  };
  for (const { play } of content.plays) {
    add(play.keywords.vars?.keys());
    add(play.varsPrompt.map(({ name }) => name));
  }
  for (const { role } of content.roles) {
    for (const vars of [role.defaults, role.vars, role.exports, role.params]) add(vars.keys());
    const options = role.argumentSpec?.options;
    if (options instanceof Map) add(options.keys());
    for (let at = role.tasks.parent; at; at = at.parent) add(at.keywords.vars?.keys());
    add(role.tasks.keywords.vars?.keys());
  }
  for (const vars of content.variables.values()) add(vars.keys());
  for (const { task } of content.tasks) add(definedBy(task));
  return names;
}

function* definedBy(task: Task): Iterable<string> {
  const { keywords, args, action } = task;
  for (let at: Task['parent'] | Task = task; at; at = at.parent)
    yield* (at.keywords.vars ?? new Map<string, Raw>()).keys();
  yield* task.apply?.vars?.keys() ?? [];
  const { loop_var, index_var } = keywords.loop_control ?? {};
  for (const raw of [keywords.register, loop_var, index_var]) if (typeof raw === 'string') yield raw;
  if (action === 'set_fact' || action === 'add_host') yield* args.keys();
  if (action === 'include_vars' && typeof args.get('name') === 'string') yield args.get('name') as string;
}

/** Whether a task brings variables of names that are not written anywhere. */
export function bringsUnknownVariables(task: Task): boolean {
  const { action, args, deferredArgs, unavailable, role } = task;
  switch (action) {
    case 'set_fact':
      return (
        deferredArgs !== undefined || [...args.keys()].some((name) => name.includes('{{') || name === '_raw_params')
      );
    case 'include_vars':
      // Files of a role's vars are all looked at, whichever of them is chosen.
      return !role;
    case 'include_role':
      return typeof args.get('name') !== 'string';
    case 'include_tasks':
      return !role && typeof args.get('_raw_params') !== 'string';
    default:
      return unavailable !== undefined && action.endsWith('_facts');
  }
}
