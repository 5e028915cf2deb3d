import type { Block, Item, Keywords, Play } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import type { YamlMap } from '../yaml/types.ts';
import { BUILDERS } from './builders.ts';
import { collectionOfPlaybook, collectionsOf } from './collections.ts';
import type { Loader } from './loader.ts';
import { readPhase } from './phase.ts';
import { readHosts } from './play-hosts.ts';
import { varsFromFiles } from './play-vars.ts';
import type { ImportedBy } from './playbook-import.ts';
import { problem } from './problem.ts';
import { readQuorum, readSerialHealth } from './quorum.ts';
import { type Found, keywordValue, readKeywords } from './read-keywords.ts';
import { buildRoles } from './role-uses.ts';
import type { Site } from './site.ts';
import { readPrompts } from './vars-prompt.ts';
import { entryOf, listOf } from './yaml-access.ts';

/** Builds a play. `directory` is the absolute folder of its playbook; `by` what the imports around it add. */
export function buildPlay(loader: Loader, map: YamlMap, directory: string, by: ImportedBy): Play {
  const found = readKeywords(loader, 'Play', map.entries);
  const keywords = playKeywords(map, found, by);
  const varsFiles = keywordValue<Raw[]>(found, 'vars_files') ?? [];
  const site: Site = {
    loader,
    build: BUILDERS,
    directory,
    isHandler: false,
    collections: collectionsFor(keywords, directory),
    playVars: new Map([...(keywords.vars ?? []), ...varsFromFiles(loader, directory, varsFiles)]),
  };
  const importedWhen = by.when;
  return {
    position: map.position,
    directory,
    keywords,
    phase: guard(site, map, importedWhen, readPhase),
    hosts: readHosts(loader, map),
    gatherFacts: keywordValue(found, 'gather_facts'),
    gatherSubset: keywordValue(found, 'gather_subset'),
    gatherTimeout: keywordValue(found, 'gather_timeout'),
    factPath: keywordValue(found, 'fact_path'),
    varsFiles,
    varsPrompt: readPrompts(loader, entryOf(map, 'vars_prompt')?.node),
    serial: keywordValue(found, 'serial'),
    strategy: keywordValue(found, 'strategy'),
    quorum: guard(site, map, importedWhen, readQuorum),
    serialHealth: guard(site, map, importedWhen, readSerialHealth),
    order: keywordValue(found, 'order'),
    forceHandlers: keywordValue(found, 'force_handlers'),
    preTasks: section(site, map, 'pre_tasks', importedWhen),
    roles: roles(site, map, importedWhen),
    tasks: section(site, map, 'tasks', importedWhen),
    postTasks: section(site, map, 'post_tasks', importedWhen),
    handlers: items({ ...site, isHandler: true }, map, 'handlers'),
    importedWhen,
  };
}

function collectionsFor(keywords: Keywords, directory: string): readonly string[] {
  const own = collectionsOf(keywords.collections, []);
  const home = collectionOfPlaybook(directory);
  return home === undefined || own.includes(home) ? own : [home, ...own];
}

/** Keywords that have a member of their own in Play. */
const OWN_MEMBERS = new Set([
  'gather_facts',
  'gather_subset',
  'gather_timeout',
  'fact_path',
  'vars_files',
  'serial',
  'strategy',
  'order',
  'force_handlers',
  'user',
]);

function playKeywords(map: YamlMap, found: Found, by: ImportedBy): Keywords {
  if (found.has('user')) {
    if (found.has('remote_user')) {
      const message =
        "both 'user' and 'remote_user' are set for this play. The use of 'user' is deprecated, and should be removed";
      throw problem(message, entryOf(map, 'user')?.keyPosition);
    }
    found.set('remote_user', found.get('user'));
  }
  const keywords: Keywords = Object.fromEntries([...found].filter(([name]) => !OWN_MEMBERS.has(name)));
  // The importer has the last word on variables.
  if (by.vars.size > 0) keywords.vars = new Map([...(keywords.vars ?? []), ...by.vars]);
  if (by.tags.length > 0) keywords.tags = [...(keywords.tags ?? []), ...by.tags];
  return keywords;
}

/** What of a play holds tasks beside those of its straight way: they stand under the same conditions as all others. */
function guard<Read>(
  site: Site,
  map: YamlMap,
  when: readonly Raw[],
  reader: (site: Site, map: YamlMap) => Read | undefined,
): Read | undefined {
  const parent = emptyBlock(map.position, when);
  let read: Read | undefined;
  site.loader.attempt(() => {
    read = reader({ ...site, parent }, map);
  });
  return read;
}

function section(site: Site, map: YamlMap, name: string, when: readonly Raw[]): Block {
  const entry = entryOf(map, name);
  const block = emptyBlock(entry?.keyPosition ?? map.position, when);
  block.items = items({ ...site, parent: block }, map, name);
  return block;
}

function emptyBlock(position: Position, when: readonly Raw[]): Block {
  const keywords: Keywords = when.length > 0 ? { when: [...when] } : {};
  return { kind: 'block', origin: 'written', keywords, position, items: [], rescue: [], always: [] };
}

function items(site: Site, map: YamlMap, name: string): Item[] {
  const entry = entryOf(map, name);
  if (!entry) return [];
  let built: Item[] = [];
  site.loader.attempt(() => {
    built = site.build.items(site, listOf(entry.node, `A malformed block was encountered while loading ${name}`));
  });
  return built;
}

function roles(site: Site, map: YamlMap, when: readonly Raw[]): Block[] {
  const entry = entryOf(map, 'roles');
  if (!entry) return [];
  let blocks: Block[] = [];
  site.loader.attempt(() => {
    blocks = buildRoles(site, listOf(entry.node, 'A malformed role declaration was encountered.'));
  });
  for (const { keywords } of blocks) {
    if (when.length > 0) keywords.when = [...when, ...(keywords.when ?? [])];
  }
  return blocks;
}
