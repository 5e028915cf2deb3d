import type { Block, Item, Phase, PhaseNeed, Retry } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { YamlMap, YamlNode } from '../yaml/types.ts';
import { kindOf, problem } from './problem.ts';
import { keywordValue, readKeywords } from './read-keywords.ts';
import type { Site } from './site.ts';
import { entryOf, listOf, membersOf, stringOf, textOf } from './yaml-access.ts';

/** Reads `phase:` of a play or block, if it has one. `site.parent` is what its tasks stand in. */
export function readPhase(site: Site, map: YamlMap): Phase | undefined {
  const entry = entryOf(map, 'phase');
  if (!entry) return undefined;
  refuseWhereUnknown(site, entry.keyPosition);
  const { node } = entry;
  if (node.kind === 'scalar') {
    const name = readName(node, node.position);
    return { name, needs: [], fix: [], undo: [], position: entry.keyPosition };
  }
  if (node.kind !== 'map') {
    throw problem(
      `a phase is a name or a dictionary, but this is a ${kindOf(node)}`,
      node.position,
      'write `phase: name`',
    );
  }
  const found = readKeywords(site.loader, 'Phase', node.entries);
  const name = entryOf(node, 'name');
  return {
    name: readName(name?.node, name?.keyPosition ?? node.position),
    purpose: readPurpose(entryOf(node, 'purpose')?.node),
    needs: readNeeds(entryOf(node, 'needs')?.node),
    fix: tasks(site, node, 'fix'),
    retry: keywordValue<Retry>(found, 'retry'),
    undo: tasks(site, node, 'undo'),
    position: entry.keyPosition,
  };
}

/** All phases of a run are known before it starts; what is included is not, and handlers have no place of their own. */
function refuseWhereUnknown(site: Site, at: Position): void {
  if (site.isHandler) throw problem('a handler cannot be a phase', at, 'put the phase around tasks');
  for (let around: Block | Item | undefined = site.parent; around; around = around.parent) {
    if (around.kind === 'task') {
      throw problem(
        'a phase cannot stand in what is included while the playbook runs',
        at,
        'use import_tasks or import_role',
      );
    }
  }
}

const NAME = /^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u;

function readName(node: YamlNode | undefined, at: Position): string {
  const text = node?.kind === 'scalar' && node.value !== null ? textOf(node.value) : undefined;
  if (text === undefined || text.trim() === '') throw problem('a phase needs a name', node?.position ?? at);
  if (text.includes('{{') || text.includes('{%')) {
    throw problem('the name of a phase cannot be a template', node?.position ?? at, 'it is known before anything runs');
  }
  if (NAME.test(text)) return text;
  throw problem('the name of a phase must be one line without blanks around it', node?.position ?? at);
}

function readPurpose(node: YamlNode | undefined): string | undefined {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return undefined;
  const text = stringOf(node);
  if (text !== undefined) return text.trim();
  throw problem(`the purpose of a phase is a text, but this is a ${kindOf(node)}`, node.position);
}

function readNeeds(node: YamlNode | undefined): PhaseNeed[] {
  return node === undefined
    ? []
    : membersOf(node).map((member) => ({ name: readName(member, member.position), position: member.position }));
}

function tasks(site: Site, map: YamlMap, name: 'fix' | 'undo'): Item[] {
  const entry = entryOf(map, name);
  return entry
    ? site.build.items(site, listOf(entry.node, `A malformed block was encountered while loading ${name}`))
    : [];
}
