import { readFileSync } from 'node:fs';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { isTuple, type Raw, tuple, type Value } from '../model/value.ts';
import { decodeText } from '../yaml/parse.ts';

/** Makes a text of a trusted source into something to evaluate. */
export type Compile = (text: string, position: Position) => Raw;

/** The text of an inventory or variable file. Throws TsplayError if it cannot be read, is no UTF-8 or is encrypted. */
export function readTrusted(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new TsplayError('inventory', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  const text = decodeText(bytes, path);
  if (!text.startsWith('$ANSIBLE_VAULT;')) return text;
  throw new TsplayError('vault', 'an encrypted file cannot be read yet', {
    position: { file: path, line: 1, column: 1 },
    hint: 'decrypt it with: ansible-vault decrypt',
  });
}

/** All strings within a value compiled; keys stay plain. */
export function compileAll(value: Value, compile: Compile, position: Position): Raw {
  if (typeof value === 'string') return compile(value, position);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileAll(item, compile, position));
    return isTuple(value) ? tuple(items as Value[]) : items;
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, compileAll(item, compile, position)]));
  }
  return value;
}
