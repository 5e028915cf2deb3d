import { TsplayError } from '../model/errors.ts';
import type { Item, Play } from '../model/playbook.ts';
import { OMIT, type Raw, type Scope, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { type Inherited, values } from '../vars/inherit.ts';

/** The value of a keyword for a task, evaluated; `omit` means the one further out. */
export function keyword(item: Item, play: Play, name: Inherited, scope: Scope): Value | undefined {
  for (const raw of values(item, play, name)) {
    const value = evaluate(raw, scope);
    if (value !== OMIT) return value ?? undefined;
  }
  return undefined;
}

export function flag(item: Item, play: Play, name: Inherited, scope: Scope): boolean | undefined {
  const value = keyword(item, play, name, scope);
  return value === undefined ? undefined : toBoolean(value, name);
}

export function text(item: Item, play: Play, name: Inherited, scope: Scope): string | undefined {
  const value = keyword(item, play, name, scope);
  return value === undefined ? undefined : String(value);
}

export function number(item: Item, play: Play, name: Inherited, scope: Scope): number | undefined {
  const value = keyword(item, play, name, scope);
  return value === undefined ? undefined : toNumber(value, name);
}

const TRUE = new Set(['yes', 'on', '1', 'true', 'y', 't']);
const FALSE = new Set(['no', 'off', '0', 'false', 'n', 'f']);

export function toBoolean(value: Value, name: string): boolean {
  if (typeof value === 'boolean') return value;
  const word = String(value).toLowerCase();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word) || value === null || value === '') return false;
  throw new TsplayError(
    'template',
    `the field '${name}' has an invalid value (${String(value)}): it is not a valid boolean`,
    {
      hint: 'use true or false',
    },
  );
}

export function toNumber(value: Value, name: string): number {
  const number = typeof value === 'number' ? value : Number(String(value).trim());
  if (String(value).trim() !== '' && Number.isFinite(number)) return number;
  throw new TsplayError('template', `the field '${name}' has an invalid value (${String(value)}): it is not a number`);
}

/** A list of words from a list, or from text with commas. */
export function toWords(raw: Raw, scope: Scope): string[] {
  const value = evaluate(raw, scope);
  if (value === OMIT || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => toWords(entry, scope));
  return String(value)
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
