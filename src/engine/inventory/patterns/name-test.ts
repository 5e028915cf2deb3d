import { TsplayError } from '../../model/errors.ts';
import { match } from '../../template/regex.ts';

export type NameTest = (name: string) => boolean;

/** A test of names for `~regex` (from the start of the name), a glob, or the name itself. Throws TsplayError. */
export function nameTest(pattern: string): NameTest {
  if (!pattern.startsWith('~')) return globTest(pattern);
  const regex = pattern.slice(1);
  const test: NameTest = (name) => match(regex, name) !== null;
  try {
    test('');
  } catch (cause) {
    throw new TsplayError('inventory', `Invalid host list pattern: ${pattern}`, {
      hint: cause instanceof Error ? cause.message : undefined,
      cause,
    });
  }
  return test;
}

/** `*` any text, `?` any character, `[a-z]` one of, `[!a-z]` none of. */
function globTest(pattern: string): NameTest {
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern;
  const source = pattern.replace(/\[!?\]?[^\]]*\]|\*+|[\s\S]/gu, (piece) => {
    if (piece.startsWith('*')) return '.*';
    if (piece === '?') return '.';
    return piece.startsWith('[') && piece.length > 1 ? charClass(piece.slice(1, -1)) : escapeChar(piece);
  });
  // Names are short and `.*` cannot nest, so this regex costs little whatever the pattern is.
  const regex = new RegExp(`^${source}$`, 'su');
  return (name) => regex.test(name);
}

function charClass(members: string): string {
  const negated = members.startsWith('!');
  const set = (negated ? members.slice(1) : members).replace(/[\\[\]^&~|]/g, '\\$&');
  const ranges = set.replace(/(.)-(.)/gu, (range, from: string, to: string) => (from > to ? '' : range));
  if (ranges === '') return negated ? '.' : '(?!)';
  return `[${negated ? '^' : ''}${ranges}]`;
}

function escapeChar(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
