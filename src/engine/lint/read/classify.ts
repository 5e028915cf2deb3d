import { TsplayError } from '../../model/errors.ts';
import { keywordsOf } from '../../playbook/keywords.ts';
import { keyName } from '../../playbook/yaml-access.ts';
import { decodeText, parseYaml } from '../../yaml/parse.ts';
import type { YamlNode } from '../../yaml/types.ts';
import { readPlain } from './encrypted.ts';

export type YamlKind = 'playbook' | 'tasks' | 'vars' | 'inventory' | 'yaml';

/** What a YAML file is by what stands in it. One that cannot be read is a playbook if it has the look of one. */
export function classify(path: string): YamlKind {
  try {
    const text = decodeText(readPlain(path), path);
    try {
      return kindOf(parseYaml(text, path));
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      return /^- /m.test(text) && /^[-\s]*(hosts|import_playbook):/m.test(text) ? 'playbook' : 'yaml';
    }
  } catch {
    return 'yaml'; // Told when it is read.
  }
}

function kindOf(node: YamlNode | undefined): YamlKind {
  if (node?.kind === 'map') return isInventory(node) ? 'inventory' : 'vars';
  if (node?.kind !== 'seq') return 'yaml';
  const names = node.items.flatMap((item) => (item.kind === 'map' ? item.entries.map(keyName) : []));
  if (names.length === 0) return 'yaml';
  if (names.some((name) => OF_PLAYS.has(name) || name.endsWith('import_playbook'))) return 'playbook';
  return 'tasks';
}

const TASK = keywordsOf('Task');
const BLOCK = keywordsOf('Block');
/** Keywords that no task has: a list with one of them is a list of plays. */
const OF_PLAYS = new Set(
  [...keywordsOf('Play').keys()].filter((name) => !TASK.has(name) && !BLOCK.has(name) && name !== 'user'),
);

function isInventory(node: YamlNode): boolean {
  if (node.kind !== 'map' || node.entries.length === 0) return false;
  return node.entries.every(
    ({ node: group }) =>
      group.kind === 'map' &&
      group.entries.length > 0 &&
      group.entries.every((entry) => ['hosts', 'children', 'vars'].includes(keyName(entry))),
  );
}
