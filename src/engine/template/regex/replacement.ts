import { fail } from '../values/fail.ts';
import type { Match } from './match.ts';

type Part = string | number;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\x07'],
  ['b', '\b'],
  ['\\', '\\'],
]);

/** A replacement of `re.sub` with `\1`, `\g<1>`, `\g<name>` and escapes, as a function of the match. */
export function compileReplacement(
  text: string,
  groups: number,
  names: ReadonlyMap<string, number>,
): (match: Match) => string {
  if (!text.includes('\\')) return () => text;
  const parts: Part[] = [];
  let rest = text;
  while (rest) {
    const found = /^\\(?:g<([^>]*)>|0[0-7]{0,2}|([1-9]\d?)|([\s\S]))/.exec(rest);
    if (!found) {
      const plain = /^[^\\]+/.exec(rest)?.[0] ?? fail('bad escape (end of pattern)');
      parts.push(plain);
      rest = rest.slice(plain.length);
      continue;
    }
    parts.push(escapePart(found, groups, names));
    rest = rest.slice(found[0].length);
  }
  return (match) => parts.map((part) => (typeof part === 'string' ? part : (match.groups[part] ?? ''))).join('');
}

function escapePart(found: RegExpExecArray, groups: number, names: ReadonlyMap<string, number>): Part {
  const [whole, name, digits, char] = found;
  if (name !== undefined || digits !== undefined) return groupNumber(name ?? digits ?? '', groups, names);
  if (char === undefined) return String.fromCharCode(Number.parseInt(whole.slice(1), 8));
  const known = ESCAPES.get(char);
  if (known !== undefined) return known;
  return /[A-Za-z]/.test(char) ? fail(`bad escape \\${char}`) : whole;
}

function groupNumber(reference: string, groups: number, names: ReadonlyMap<string, number>): number {
  const number = /^\d+$/.test(reference) ? Number(reference) : names.get(reference);
  if (number === undefined) return fail(`unknown group name '${reference}'`);
  return number > groups ? fail(`invalid group reference ${number}`) : number;
}
