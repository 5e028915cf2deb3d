import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Block, Item, Keywords, Task } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import { expandHome } from './home.ts';
import { shownPath } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import type { Site } from './site.ts';
import { isEmpty } from './yaml-access.ts';

/**
 * Finds a tasks file that an include or import names: beside the files around it, nearest first, then in the role,
 * then beside the playbook. Throws TsplayError naming where it looked.
 */
export function findTasksFile(site: Site, name: string, position: Position): string {
  const wanted = expandHome(name);
  const candidates = isAbsolute(wanted) ? [wanted] : foldersOf(site).map((folder) => resolve(folder, wanted));
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const looked = [...new Set(candidates)].map(shownPath).join(', ');
  throw new TsplayError('missing', `the tasks file '${name}' was not found`, {
    position,
    hint: `looked for ${looked}`,
  });
}

function foldersOf(site: Site): string[] {
  const kind = site.isHandler ? 'handlers' : 'tasks';
  const around: string[] = [];
  for (let at: Item | undefined = site.parent; at; at = at.parent) {
    if (at.kind === 'block' && at.file !== undefined) around.push(dirname(at.file));
  }
  const { role } = site;
  const ofRole = role ? [join(role.path, kind), join(role.path, 'tasks'), role.path] : [];
  return [...around, ...ofRole, site.directory];
}

/** The items of a tasks file in a block of their own. `site.parent` is what imports or includes it. */
export function buildTasksFile(
  site: Site,
  path: string,
  { origin, keywords, position }: { origin: Block['origin']; keywords: Keywords; position: Position },
): Block {
  const block: Block = {
    kind: 'block',
    origin,
    keywords,
    position,
    file: path,
    parent: site.parent,
    role: site.role,
    items: [],
    rescue: [],
    always: [],
  };
  const node = site.loader.read(path, position);
  if (!node || isEmpty(node) || (node.kind === 'seq' && node.items.length === 0)) {
    // Who cannot decrypt it (lint) does not know whether it is.
    if (!site.loader.isLocked(path)) {
      site.loader.warn(`file ${shownPath(path)} is empty and had no tasks to include`, position);
    }
    return block;
  }
  if (node.kind !== 'seq') {
    throw problem(
      `included task files must contain a list of tasks, but this is a ${kindOf(node)}`,
      node.position,
      'start each task with `- `',
    );
  }
  block.items = site.build.items({ ...site, parent: block }, node.items);
  return block;
}

/** Refuses a static import of a file that is being imported already. */
export function refuseCircle(parent: Block | Task | undefined, path: string, position: Position): void {
  const ring: string[] = [];
  // A dynamic include is resolved when it runs, so a circle through it may end.
  for (let at: Item | undefined = parent; at?.kind === 'block'; at = at.parent) {
    if (at.file === undefined) continue;
    ring.unshift(shownPath(at.file));
    if (at.file !== path) continue;
    throw problem(
      `circular import of tasks: ${[...ring, shownPath(path)].join(' -> ')}`,
      position,
      'use include_tasks with a condition that ends it',
    );
  }
}
