import { nameTest } from '../../inventory/patterns/name-test.ts';
import type { Scope } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';

/** Whose entries a task wants. */
export interface Wanted {
  readonly test: (owner: string) => boolean;
  /** The hosts, where each of them is named: by itself or by a group of the inventory. */
  readonly named: readonly string[] | undefined;
}

/** Reads `from`: names of hosts, globs, `~regex`, groups of the inventory, `!` for those that are left out. Throws TsplayError. */
export function readWanted(from: readonly string[], scope: Scope): Wanted {
  const words = from.flatMap((text) => text.split(',')).map((word) => word.trim());
  const chosen = words.filter((word) => word !== '');
  const isOut = (word: string) => word.startsWith('!');
  const out = chosen.filter(isOut).map((word) => testOf(word.slice(1), scope));
  const into = chosen.filter((word) => !isOut(word));
  const tests = into.map((word) => testOf(word, scope));
  const test = (owner: string) =>
    (tests.length === 0 || tests.some((one) => one(owner))) && !out.some((one) => one(owner));
  return { test, named: namedBy(into, scope)?.filter(test) };
}

function testOf(word: string, scope: Scope): (owner: string) => boolean {
  if (word === 'all' || word === 'any' || word === '*') return () => true;
  const members = membersOf(word, scope);
  return members ? (owner) => members.includes(owner) : nameTest(word);
}

/** Undefined if others may be meant too. */
function namedBy(words: readonly string[], scope: Scope): string[] | undefined {
  const open = words.length === 0 || words.some((word) => ['all', 'any'].includes(word) || /[*?[~]/.test(word));
  if (open) return undefined;
  return [...new Set(words.flatMap((word) => membersOf(word, scope) ?? [word]))];
}

/** Hosts of a group of the inventory. */
function membersOf(group: string, scope: Scope): string[] | undefined {
  const groups = scope.get('groups');
  const members = groups instanceof Map ? groups.get(group) : undefined;
  return Array.isArray(members) ? members.map(pyStr) : undefined;
}
