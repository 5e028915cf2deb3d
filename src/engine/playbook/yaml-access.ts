import type { Position } from '../model/source.ts';
import { Float, type Value } from '../model/value.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml/types.ts';
import { kindOf, problem } from './problem.ts';

/** True for a key without a value, or `null`. */
export function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

export function entryOf(map: YamlMap, name: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === name);
}

/** The text of a string scalar, else undefined. */
export function stringOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** A key as text: keys of the language are names, whatever YAML makes of them (`on`, `80`). */
export function keyName(entry: YamlEntry): string {
  return textOf(entry.key);
}

/** Members of a list; one thing counts as a list of it, nothing as none. */
export function membersOf(node: YamlNode): readonly YamlNode[] {
  if (node.kind === 'seq') return node.items;
  return isEmpty(node) ? [] : [node];
}

/** The members of a node that must be a list (or nothing); `complaint` begins the message when it is not. */
export function listOf(node: YamlNode, complaint: string): readonly YamlNode[] {
  if (node.kind === 'seq') return node.items;
  if (isEmpty(node)) return [];
  const shown = node.kind === 'scalar' ? textOf(node.value) : `a ${kindOf(node)}`;
  const stop = complaint.endsWith('.') ? '' : ':';
  throw problem(`${complaint}${stop} ${shown} should be a list or None`, node.position, 'start each member with `- `');
}

/** A scalar as the text that Python's str() gives. */
export function textOf(value: Value): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Float) return value.value.toFixed(1);
  return String(value);
}

/** Where a text, or a part of it, begins. */
export function textPlace(node: YamlScalar, part?: string): Position {
  const start = node.textPosition ?? node.position;
  const offset = part === undefined ? 0 : String(node.value).indexOf(part);
  const before = offset > 0 ? String(node.value).slice(0, offset) : '';
  return before === '' || before.includes('\n') ? start : { ...start, column: start.column + offset };
}
