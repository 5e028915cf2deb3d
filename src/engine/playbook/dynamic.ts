import type { Block, Keywords, Play, Role, Task } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import { BUILDERS } from './builders.ts';
import { collectionsOf } from './collections.ts';
import { resolveModule } from './content/resolve.ts';
import type { Loader } from './loader.ts';
import type { RoleFiles } from './role-files.ts';
import { rolesBefore } from './role-order.ts';
import type { Site } from './site.ts';
import { buildTasksFile, findTasksFile } from './tasks-file.ts';

/** Where an include stands: the loader of the run, the play, the include task. */
export interface IncludeContext {
  readonly loader: Loader;
  readonly play: Pick<Play, 'directory' | 'keywords'>;
  readonly task: Task;
}

/**
 * The tasks of a file that `include_tasks` names; `name` is evaluated. The block's parent is the include task, its
 * keywords are those of `apply`.
 */
export function loadTasksFile(name: string, context: IncludeContext): { readonly path: string; readonly block: Block } {
  const { task } = context;
  const site = siteOf(context);
  const position = task.argPositions.get('_raw_params') ?? task.position;
  const path = findTasksFile(site, name, position);
  const block = buildTasksFile(site, path, { origin: 'file', keywords: applied(task), position: task.position });
  return { path, block };
}

/** Options of `include_role`, evaluated. */
export interface IncludedRole {
  readonly from?: RoleFiles | undefined;
  readonly public?: boolean | undefined;
  readonly allowDuplicates?: boolean | undefined;
  readonly validate?: boolean | undefined;
}

/**
 * A role that `include_role` names, and the block to run: its dependencies and its tasks under the keywords of `apply`.
 * The block's parent is the include task. The role's handlers join the play's.
 */
export function loadIncludedRole(
  name: string,
  context: IncludeContext,
  options: IncludedRole = {},
): { readonly role: Role; readonly block: Block } {
  const { task } = context;
  const site = siteOf(context);
  const block: Block = {
    kind: 'block',
    origin: 'import',
    keywords: applied(task),
    position: task.position,
    parent: task,
    role: task.role,
    items: [],
    rescue: [],
    always: [],
  };
  const role = site.build.role(
    { ...site, parent: block },
    {
      name,
      position: task.argPositions.get('name') ?? task.position,
      keywords: {},
      params: new Map<string, Raw>(),
      vars: task.keywords.vars,
      included: true,
      public: options.public ?? context.loader.options.privateRoleVars === false,
      allowDuplicates: options.allowDuplicates ?? true,
      validate: options.validate ?? true,
      from: options.from ?? {},
    },
  );
  block.items = rolesBefore(role);
  return { role, block };
}

/** The file of the user's module that a name stands for, which a template gave; undefined for one of ours. */
export function findModuleSource(name: string, context: IncludeContext): string | undefined {
  return resolveModule(siteOf(context), name, collectionsAround(context.task, context.play)).info?.source;
}

function siteOf({ loader, play, task }: IncludeContext): Site {
  return {
    loader,
    build: BUILDERS,
    directory: play.directory,
    role: task.role,
    isHandler: task.isHandler,
    parent: task,
    collections: collectionsAround(task, play),
    playVars: play.keywords.vars ?? new Map(),
  };
}

function collectionsAround(task: Task, play: IncludeContext['play']): readonly string[] {
  for (let at: Block | Task | undefined = task; at; at = at.parent) {
    if (at.keywords.collections) return collectionsOf(at.keywords.collections, []);
  }
  const own = task.role?.collection;
  return own ? [own] : collectionsOf(play.keywords.collections, []);
}

/** `when` and the rest of the include itself decide whether it happens, and do not reach what is included. */
function applied(task: Task): Keywords {
  return task.apply ? { ...task.apply } : {};
}
