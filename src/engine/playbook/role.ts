import { join } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Block, Item, Role, Task } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import { argumentSpecOf } from './argument-spec.ts';
import { identityOf } from './identity.ts';
import { shownPath } from './loader.ts';
import { tellPlugins } from './plugins.ts';
import { kindOf, problem } from './problem.ts';
import { readRoleVars, roleFile } from './role-files.ts';
import { readMeta } from './role-meta.ts';
import { findRole, type RolePlace } from './role-path.ts';
import { buildDependencies } from './role-uses.ts';
import type { RoleUse, Site } from './site.ts';
import { validationTask } from './validation-task.ts';
import { isEmpty } from './yaml-access.ts';

/**
 * Reads a role with its dependencies. `site.parent` is the block (or include task) that it stands in. Throws
 * TsplayError when it is not found or needs itself.
 */
export function loadRole(site: Site, use: RoleUse): Role {
  const place: RolePlace =
    use.path === undefined ? findRole(site, use.name, use.position) : { name: use.name, path: use.path };
  refuseCircle(site, place.path, use);
  tellPlugins(site.loader, site.loader.content.add(place.path), place.path, use.position);
  const meta = readMeta(site.loader, place.path);
  const block = emptyBlock(site, use);
  const parents = site.role ? [site.role, ...site.role.parents] : [];
  const exports = readRoleVars(site.loader, place.path, 'vars', use);
  const role: Role = {
    name: place.name,
    path: place.path,
    collection: place.collection,
    defaults: readRoleVars(site.loader, place.path, 'defaults', use),
    vars: new Map([...exports, ...(use.vars ?? [])]),
    exports,
    params: use.params,
    dependencies: [],
    tasks: block,
    handlers: [],
    allowDuplicates: use.allowDuplicates ?? meta.allowDuplicates,
    position: use.position,
    parents,
    public: use.public,
    identity: identityOf(place.path, use),
    argumentSpec: use.validate ? argumentSpecOf(site.loader, place.path, meta, use.from.tasks ?? 'main') : undefined,
  };
  Object.assign(block, { role });
  const inside: Site = {
    ...site,
    role,
    parent: block,
    isHandler: false,
    collections: [...(place.collection ? [place.collection] : []), ...meta.collections],
  };
  role.dependencies.push(...buildDependencies(inside, meta.dependencies));
  addTasks(inside, use);
  if (role.argumentSpec) role.tasks.items.unshift(validationTask(role, role.argumentSpec));
  addHandlers({ ...inside, isHandler: true }, use);
  return role;
}

function emptyBlock(site: Site, use: RoleUse): Block {
  return {
    kind: 'block',
    origin: 'role',
    keywords: use.keywords,
    position: use.position,
    parent: site.parent,
    role: undefined,
    items: [],
    rescue: [],
    always: [],
  };
}

function addTasks(site: Site, use: RoleUse): void {
  const role = site.role!;
  const file = roleFile(role.path, 'tasks', use.from.tasks, use.position);
  if (file === undefined) return;
  // The block is made for the use; the file gives it its items, and a place to look for more files.
  Object.assign(role.tasks, { file });
  role.tasks.items = itemsOf(site, file, use, 'tasks');
}

function addHandlers(site: Site, use: RoleUse): void {
  const role = site.role!;
  const file = roleFile(role.path, 'handlers', use.from.handlers, use.position);
  if (file !== undefined) role.handlers.push(...itemsOf(site, file, use, 'handlers'));
}

function itemsOf(site: Site, file: string, use: RoleUse, kind: 'tasks' | 'handlers'): Item[] {
  const node = site.loader.read(file, use.position);
  if (!node || isEmpty(node)) return [];
  if (node.kind === 'seq') return site.build.items(site, node.items);
  const relative = join(kind, file.slice(join(site.role!.path, kind).length + 1));
  throw problem(
    `The ${relative} file for role '${use.name}' must contain a list of tasks, but is a ${kindOf(node)}`,
    node.position,
    'start each task with `- `',
  );
}

/** A dependency may not lead back to its role; an import only with the same tasks file. */
function refuseCircle(site: Site, path: string, use: RoleUse): void {
  const ring: string[] = [];
  for (let at: Block | Task | undefined = site.parent; at?.kind === 'block'; at = at.parent) {
    const { role } = at;
    if (at.origin !== 'role' || !role) continue;
    ring.unshift(role.name);
    const sameFile =
      roleFile(path, 'tasks', use.from.tasks, use.position) === (at.file ?? mainTasks(path, use.position));
    if (role.path !== path || !sameFile) continue;
    throw new TsplayError(
      'play',
      'A recursion loop was detected with the roles specified. Make sure child roles do not have dependencies on parent roles',
      { position: use.position, hint: `${[...ring, role.name].join(' -> ')} (${shownPath(path)})` },
    );
  }
}

/** While dependencies are read the block around has no file yet. */
function mainTasks(path: string, position: Position): string | undefined {
  return roleFile(path, 'tasks', undefined, position);
}
