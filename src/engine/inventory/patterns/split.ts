import { TsplayError } from '../../model/errors.ts';
import { parseAddress } from '../address.ts';

const PIECE = /(?:[^\s:[\]]|\[[^\]]*\])+/g;

/**
 * The single patterns of a pattern: commas part them, or colons where there is no comma and the whole is no address.
 * So `a:b` is two, `web[1:3]` and `2001:db8::1` are one. Throws TsplayError for a bracket that is not closed.
 */
export function splitPattern(pattern: string): string[] {
  const pieces = pattern.includes(',')
    ? pattern.split(',')
    : parseAddress(pattern)
      ? [pattern]
      : splitAtColons(pattern);
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function splitAtColons(pattern: string): string[] {
  // Were a lone bracket dropped, what is left could be nothing, which means all hosts.
  if (!/[^\s:]/.test(pattern.replace(PIECE, ''))) return pattern.match(PIECE) ?? [];
  throw new TsplayError('inventory', `Invalid host list pattern: ${pattern}`, {
    hint: 'each "[" needs its "]"',
  });
}

export interface OrderedPatterns {
  readonly unions: readonly string[];
  readonly intersections: readonly string[];
  readonly exclusions: readonly string[];
}

/** Sorts patterns by their sign, which is cut off. `!a` alone means all but `a`. */
export function orderPatterns(patterns: readonly string[]): OrderedPatterns {
  const unions = patterns.filter((pattern) => !/^[&!]/.test(pattern));
  const signed = (sign: string) =>
    patterns.filter((pattern) => pattern.startsWith(sign)).map((pattern) => pattern.slice(1));
  return { unions: unions.length > 0 ? unions : ['all'], intersections: signed('&'), exclusions: signed('!') };
}
