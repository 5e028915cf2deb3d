import type { Position } from '../model/source.ts';
import { Float, type Value } from '../model/value.ts';
import type { Reader } from './reader.ts';
import type { YamlEntry, YamlMap, YamlNode } from './types.ts';

/** A key that stands twice in one mapping; the last one wins. */
export interface DuplicateKey {
  readonly key: Value;
  readonly position: Position;
  readonly first: Position;
  /** One sentence without the position: `duplicate key "name" (first on line 3)`. */
  readonly message: string;
}

/** Gathers the entries of one mapping: the last of equal keys wins, in the place of the first. */
export class EntryList {
  private readonly entries: YamlEntry[] = [];
  private readonly merges: YamlNode[] = [];
  private index: Map<Value, number> | undefined;
  private readonly onDuplicate: ((duplicate: DuplicateKey) => void) | undefined;

  constructor(onDuplicate: ((duplicate: DuplicateKey) => void) | undefined) {
    this.onDuplicate = onDuplicate;
  }

  add(entry: YamlEntry): void {
    const at = this.find(entry.key);
    if (at === undefined) {
      this.index?.set(identity(entry.key), this.entries.length);
      this.entries.push(entry);
      return;
    }
    const { key, keyPosition: position } = entry;
    const first = this.entries[at]!.keyPosition;
    const message = `duplicate key "${String(identity(key))}" (first on line ${first.line})`;
    this.onDuplicate?.({ key, position, first, message });
    this.entries[at] = { ...entry, key: this.entries[at]!.key };
  }

  /** The value of a `<<` key: a mapping, or a list of them, whose entries stand before our own. */
  merge(reader: Reader, node: YamlNode): void {
    // Of several, the first has the last word.
    const maps = node.kind === 'seq' ? [...node.items].reverse() : [node];
    for (const map of maps) {
      if (map.kind !== 'map') reader.fail('"<<" needs a mapping, or a list of mappings', undefined, map.position);
      this.merges.push(map);
    }
  }

  /** The finished entries. */
  finish(): readonly YamlEntry[] {
    if (this.merges.length === 0) return this.entries;
    const merged = new EntryList(undefined);
    for (const map of this.merges) for (const entry of (map as YamlMap).entries) merged.add(entry);
    for (const entry of this.entries) merged.add(entry);
    return merged.entries;
  }

  /** Most mappings are small, where a look along the entries costs less than an index. */
  private find(key: Value): number | undefined {
    const wanted = identity(key);
    if (this.entries.length < 12) {
      const at = this.entries.findIndex((entry) => identity(entry.key) === wanted);
      return at < 0 ? undefined : at;
    }
    this.index ??= new Map(this.entries.map((entry, at) => [identity(entry.key), at]));
    return this.index.get(wanted);
  }
}

/** Keys are equal by value, and 1.0 equals 1 as in Python. */
function identity(key: Value): Value {
  return key instanceof Float ? key.value : key;
}
