import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { YamlNode } from '../yaml/types.ts';

/** An error in the text of a playbook. */
export function problem(message: string, position: Position | undefined, hint?: string): TsplayError {
  return new TsplayError('parse', message, { position, hint });
}

/** What a node is, in a word for messages. */
export function kindOf(node: YamlNode): string {
  if (node.kind === 'map') return 'dict';
  if (node.kind === 'seq') return 'list';
  const { value } = node;
  if (value === null) return 'empty value';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'string' ? 'string' : 'scalar';
}
