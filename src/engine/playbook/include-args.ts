import type { Keywords } from '../model/playbook.ts';
import type { FoundAction } from './action.ts';
import { kindOf, problem } from './problem.ts';
import { asKeywords, readKeywords } from './read-keywords.ts';
import type { Site } from './site.ts';
import { isEmpty } from './yaml-access.ts';

const ROLE_FILES = ['tasks_from', 'vars_from', 'defaults_from', 'handlers_from'];
const OF_TASKS = new Set(['file', '_raw_params', 'apply']);
const OF_ROLE = new Set(['name', 'role', ...ROLE_FILES, 'apply', 'public', 'allow_duplicates', 'rolespec_validate']);

/**
 * Checks arguments of include_* and import_*, and gives them one form: the file's name in `_raw_params`, the role's in
 * `name`. The result is the keywords of `apply`, which are taken out of the arguments.
 */
export function checkInclude(site: Site, action: FoundAction): Keywords | undefined {
  if (action.name === 'include_tasks' || action.name === 'import_tasks') checkTasks(action);
  else if (action.name === 'include_role' || action.name === 'import_role') checkRole(site, action);
  else return undefined;
  return takeApply(site, action);
}

function checkTasks(action: FoundAction): void {
  refuseOthers(action, OF_TASKS);
  const { args, argPositions } = action;
  if (!args.get('_raw_params')) {
    const file = args.get('file');
    if (!file) throw problem(`No file specified for ${action.written}`, action.position, 'name it with `file:`');
    args.set('_raw_params', file);
    argPositions.set('_raw_params', argPositions.get('file') ?? action.position);
  }
  args.delete('file');
}

function checkRole(site: Site, action: FoundAction): void {
  const { args, argPositions } = action;
  if (site.isHandler) throw problem(`Using '${action.written}' as a handler is not supported.`, action.position);
  const name = args.get('name') ?? args.get('role');
  if (name === undefined || name === null)
    throw problem(`'name' is a required field for ${action.written}.`, action.position);
  refuseOthers(action, OF_ROLE);
  for (const from of ROLE_FILES) {
    const node = action.argNodes.get(from);
    if (node && (node.kind !== 'scalar' || typeof node.value !== 'string')) {
      throw problem(`Expected a string for ${from} but got ${kindOf(node)} instead`, node.position);
    }
  }
  const named = action.argNodes.get('name') ?? action.argNodes.get('role');
  argPositions.set('name', named?.position ?? action.position);
  args.set('name', name);
  args.delete('role');
}

function refuseOthers(action: FoundAction, known: ReadonlySet<string>): void {
  const bad = [...action.args.keys()].filter((name) => !known.has(name));
  if (bad.length === 0) return;
  throw problem(
    `Invalid options for ${action.written}: ${bad.join(',')}`,
    action.argPositions.get(bad[0]!) ?? action.position,
    `it takes ${[...known].filter((name) => name !== '_raw_params').join(', ')}; variables go under \`vars:\` of the task`,
  );
}

function takeApply(site: Site, action: FoundAction): Keywords | undefined {
  const node = action.argNodes.get('apply');
  action.args.delete('apply');
  if (!node || isEmpty(node)) return undefined;
  if (action.name === 'import_tasks' || action.name === 'import_role') {
    throw problem(
      `Invalid options for ${action.written}: apply`,
      node.position,
      'what an import says itself holds for what is imported',
    );
  }
  if (node.kind !== 'map') throw problem(`Expected a dict for apply but got ${kindOf(node)} instead`, node.position);
  return asKeywords(readKeywords(site.loader, 'Block', node.entries));
}
