import type { EntryList } from './entries.ts';
import type { Reader } from './reader.ts';
import type { YamlNode } from './types.ts';

/** A node in the place of a key. `bare`: an unquoted text without tag or anchor, of which `<<` merges. */
export interface KeyNode {
  readonly node: YamlNode;
  readonly bare: boolean;
}

/** Adds one entry, or merges what stands behind `<<`. */
export function addEntry(reader: Reader, entries: EntryList, { node: key, bare }: KeyNode, node: YamlNode): void {
  if (key.kind !== 'scalar') {
    reader.fail(
      `a ${key.kind === 'map' ? 'mapping' : 'list'} cannot be a key`,
      'quote the text if it holds a template or brackets',
      key.position,
    );
  }
  if (bare && key.value === '<<') entries.merge(reader, node);
  else entries.add({ key: key.value, keyPosition: key.position, node });
}
