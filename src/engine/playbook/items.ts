import type { Block, Item } from '../model/playbook.ts';
import type { YamlMap, YamlNode } from '../yaml/types.ts';
import { type FoundAction, findAction } from './action.ts';
import { collectionsOf } from './collections.ts';
import { importRole, importTasks } from './imports.ts';
import { readPhase } from './phase.ts';
import { kindOf, problem } from './problem.ts';
import { asKeywords, readKeywords } from './read-keywords.ts';
import type { Site } from './site.ts';
import { makeTask } from './task.ts';
import { entryOf, listOf } from './yaml-access.ts';

/** Reads a list of tasks and blocks. */
export function buildItems(site: Site, nodes: readonly YamlNode[]): Item[] {
  const items: Item[] = [];
  for (const node of nodes) {
    if (node.kind === 'scalar' && node.value === null) continue;
    site.loader.attempt(() => items.push(...buildItem(site, node)));
  }
  return items;
}

function buildItem(site: Site, node: YamlNode): Item[] {
  if (node.kind !== 'map') {
    throw problem(
      `a task must be a dictionary, but is a ${kindOf(node)}`,
      node.position,
      'write `- module_name:` with its arguments below',
    );
  }
  if (isBlock(node)) return [buildBlock(site, node)];
  const phase = entryOf(node, 'phase');
  if (phase)
    throw problem("'phase' is not a valid attribute for a Task", phase.keyPosition, 'put the task into a block');
  const action = findAction(site, node);
  return action ? buildTask(site, node, action) : [];
}

function buildTask(site: Site, node: YamlMap, action: FoundAction): Item[] {
  const task = makeTask(site, node, action);
  if (action.name === 'import_tasks') return [importTasks(site, task)];
  if (action.name === 'import_role') return [importRole(site, task)];
  return [task];
}

function isBlock(map: YamlMap): boolean {
  return (
    entryOf(map, 'block') !== undefined || entryOf(map, 'rescue') !== undefined || entryOf(map, 'always') !== undefined
  );
}

function buildBlock(site: Site, node: YamlMap): Block {
  const { loader } = site;
  if (site.isHandler && site.parent?.kind === 'block' && site.parent.origin === 'written') {
    throw problem('Using a block as a handler is not supported.', node.position, 'write the handlers one by one');
  }
  const keywords = asKeywords(readKeywords(loader, 'Block', node.entries));
  const block: Block = {
    kind: 'block',
    origin: 'written',
    keywords,
    position: node.position,
    parent: site.parent,
    role: site.role,
    items: [],
    rescue: [],
    always: [],
  };
  const inside: Site = { ...site, parent: block, collections: collectionsOf(keywords.collections, site.collections) };
  block.phase = readPhase(inside, node);
  block.items = section(inside, node, 'block');
  block.rescue = section(inside, node, 'rescue');
  block.always = section(inside, node, 'always');
  for (const name of ['rescue', 'always'] as const) {
    if (block[name].length > 0 && !entryOf(node, 'block')) {
      throw problem(`'${name}' keyword cannot be used without 'block'`, entryOf(node, name)?.keyPosition);
    }
  }
  return block;
}

function section(site: Site, node: YamlMap, name: 'block' | 'rescue' | 'always'): Item[] {
  const entry = entryOf(node, name);
  return entry ? buildItems(site, listOf(entry.node, `A malformed block was encountered while loading ${name}`)) : [];
}
