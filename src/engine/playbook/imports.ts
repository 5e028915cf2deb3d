import type { Block, Keywords, Task } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import { collectionsOf } from './collections.ts';
import { keywordsOf } from './keywords.ts';
import { problem } from './problem.ts';
import { rolesBefore } from './role-order.ts';
import type { Site } from './site.ts';
import { staticName } from './static-name.ts';
import { buildTasksFile, findTasksFile, refuseCircle } from './tasks-file.ts';

/** What `import_tasks` stands for: the file's tasks, in a block that has the import's keywords. */
export function importTasks(site: Site, task: Task): Block {
  refuseLoop(task);
  const position = positionOf(task, '_raw_params');
  const inside = { ...site, parent: task };
  const name = staticName(inside, task.args.get('_raw_params') as Raw, 'import path', position);
  const path = findTasksFile(site, name, position);
  refuseCircle(site.parent, path, position);
  const keywords = blockKeywords(task.keywords);
  const around = { ...site, collections: collectionsOf(keywords.collections, site.collections) };
  return buildTasksFile(around, path, { origin: 'import', keywords, position: task.position });
}

/** What `import_role` stands for: a block with the role's dependencies and the role. */
export function importRole(site: Site, task: Task): Block {
  refuseLoop(task);
  const inside = { ...site, parent: task };
  const text = (name: string): string | undefined => {
    const raw = task.args.get(name);
    return raw === undefined ? undefined : staticName(inside, raw, `import_role: ${name}`, positionOf(task, name));
  };
  const flag = (name: string): boolean | undefined => {
    const given = text(name);
    return given === undefined ? undefined : !/^(no|n|off|false|f|0)$/i.test(given);
  };
  const block: Block = {
    kind: 'block',
    origin: 'import',
    keywords: blockKeywords(task.keywords),
    position: task.position,
    parent: site.parent,
    role: site.role,
    items: [],
    rescue: [],
    always: [],
  };
  const role = site.build.role(
    { ...site, parent: block },
    {
      name: text('name')!,
      position: positionOf(task, 'name'),
      keywords: {},
      params: new Map(),
      vars: task.keywords.vars,
      included: true,
      public: flag('public') ?? !site.loader.options.privateRoleVars,
      allowDuplicates: flag('allow_duplicates') ?? true,
      validate: flag('rolespec_validate') ?? true,
      from: {
        tasks: text('tasks_from'),
        vars: text('vars_from'),
        defaults: text('defaults_from'),
        handlers: text('handlers_from'),
      },
    },
  );
  block.items = rolesBefore(role);
  return block;
}

function refuseLoop({ action, keywords, with: loop, position }: Task): void {
  if (keywords.loop === undefined && !loop) return;
  const dynamic = action.replace('import', 'include');
  throw problem(`You cannot use loops on '${action}' statements. You should use '${dynamic}' instead.`, position);
}

function positionOf(task: Task, argument: string) {
  return task.argPositions.get(argument) ?? task.position;
}

/** Of a task's keywords those that a block can hand on. */
function blockKeywords(keywords: Keywords): Keywords {
  const known = keywordsOf('Block');
  return Object.fromEntries(Object.entries(keywords).filter(([name]) => known.has(name)));
}
