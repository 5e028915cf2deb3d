import { readFileSync } from 'node:fs';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { isTuple, type Raw, tuple, type Value } from '../model/value.ts';
import { decodeText } from '../yaml/parse.ts';
import { ENCRYPTED_KEY } from '../yaml/to-value.ts';

/** Makes a text of a trusted source into something to evaluate. */
export type Compile = (text: string, position: Position) => Raw;

/** The text of an inventory file. Throws TsplayError if it cannot be read or decrypted, or is no UTF-8. */
export function readTrusted(path: string, decryption: Decryption): string {
  return decodeText(decryption.file(bytesOf(path), path), path);
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TsplayError('inventory', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** All strings within a value compiled; keys stay plain. With `decryption`, JSON's form of encrypted texts is known. */
export function compileAll(value: Value, compile: Compile, position: Position, decryption?: Decryption): Raw {
  if (typeof value === 'string') return compile(value, position);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileAll(item, compile, position, decryption));
    return isTuple(value) ? tuple(items as Value[]) : items;
  }
  if (!(value instanceof Map)) return value;
  const encrypted = value.size === 1 ? value.get(ENCRYPTED_KEY) : undefined;
  if (decryption && typeof encrypted === 'string') return decryption.text(encrypted, position);
  return new Map([...value].map(([key, item]) => [key, compileAll(item, compile, position, decryption)]));
}
