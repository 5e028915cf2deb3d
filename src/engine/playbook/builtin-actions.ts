/** What the language does itself instead of a module. */
export type BuiltinAction =
  | 'include_tasks'
  | 'include_role'
  | 'import_tasks'
  | 'import_role'
  | 'import_playbook'
  | 'meta';

const NAMES: ReadonlySet<string> = new Set<BuiltinAction>([
  'include_tasks',
  'include_role',
  'import_tasks',
  'import_role',
  'import_playbook',
  'meta',
]);

const PREFIX = /^ansible\.(builtin|legacy)\./;

/** The name without the collection of what ships with Ansible: `ansible.builtin.copy` is `copy`. */
export function shortName(name: string): string {
  return name.replace(PREFIX, '');
}

/** The language's own action of that name, if it is one. */
export function builtinAction(name: string): BuiltinAction | undefined {
  const short = shortName(name);
  return NAMES.has(short) ? (short as BuiltinAction) : undefined;
}

/** What `meta:` knows. */
export const META_ACTIONS: readonly string[] = [
  'noop',
  'flush_handlers',
  'refresh_inventory',
  'clear_facts',
  'clear_host_errors',
  'end_play',
  'end_host',
  'end_batch',
  'end_role',
  'reset_connection',
];
