import type { Item, Play, Quorum, Retry, SerialHealth } from '../model/playbook.ts';
import { Deferred, type Raw } from '../model/value.ts';
import type { YamlMap } from '../yaml/types.ts';
import { kindOf, problem } from './problem.ts';
import { type Found, keywordValue, readKeywords } from './read-keywords.ts';
import type { Site } from './site.ts';
import { entryOf, listOf } from './yaml-access.ts';

/** Reads `quorum:` of a play, if it has one: a pattern of hosts, or a dictionary. */
export function readQuorum(site: Site, map: YamlMap): Quorum | undefined {
  const entry = entryOf(map, 'quorum');
  if (!entry) return undefined;
  const { node, keyPosition: position } = entry;
  const strategy = entryOf(map, 'strategy');
  if (!isQuorum(strategy && site.loader.raw(strategy.node))) {
    throw problem('`quorum` belongs to `strategy: quorum`', position, 'add the strategy, or take the quorum away');
  }
  if (node.kind !== 'map') return { group: site.loader.raw(node), health: [], position };
  const found = readKeywords(site.loader, 'Quorum', node.entries);
  const needs = keywordValue<Raw>(found, 'needs');
  if (typeof needs === 'string' && needs !== 'majority') {
    throw problem(
      `needs: '${needs}' is no number of hosts`,
      entryOf(node, 'needs')?.node.position,
      'or write majority',
    );
  }
  return { group: keywordValue(found, 'group'), needs, health: tasks(site, node, 'health'), position };
}

/** Reads `serial_health:` of a play, if it has one: a list of tasks, or a dictionary. */
export function readSerialHealth(site: Site, map: YamlMap): SerialHealth | undefined {
  const entry = entryOf(map, 'serial_health');
  if (!entry) return undefined;
  const { node, keyPosition: position } = entry;
  if (node.kind === 'seq') return { tasks: tasks(site, map, 'serial_health'), position };
  if (node.kind !== 'map') {
    throw problem(`serial_health is a list of tasks or a dictionary, but this is a ${kindOf(node)}`, node.position);
  }
  const found: Found = readKeywords(site.loader, 'SerialHealth', node.entries);
  if (!entryOf(node, 'tasks')) throw problem('serial_health has no tasks', position, 'write them under `tasks:`');
  return {
    hosts: keywordValue(found, 'hosts'),
    tasks: tasks(site, node, 'tasks'),
    retry: keywordValue<Retry>(found, 'retry'),
    position,
  };
}

/** Tasks of a play that ask how hosts are. */
export function healthTasksOf({ quorum, serialHealth }: Play): readonly Item[] {
  return [...(quorum?.health ?? []), ...(serialHealth?.tasks ?? [])];
}

/** What is a template is judged when it runs. */
function isQuorum(strategy: Raw | undefined): boolean {
  return strategy instanceof Deferred || (typeof strategy === 'string' && /^(?:.*\.)?quorum$/.test(strategy));
}

function tasks(site: Site, map: YamlMap, name: string): Item[] {
  const entry = entryOf(map, name);
  if (!entry) return [];
  const nodes = listOf(entry.node, `A malformed block was encountered while loading ${name}`);
  const items = site.build.items(site, nodes);
  for (const item of items) refusePhases(item);
  return items;
}

/** A phase is known, told and taken back as a part of the run; asking how hosts are is none. */
function refusePhases(item: Item): void {
  if (item.kind === 'task') return;
  if (item.phase) throw problem('a phase cannot stand in what asks how hosts are', item.phase.position);
  for (const each of [...item.items, ...item.rescue, ...item.always]) refusePhases(each);
}
