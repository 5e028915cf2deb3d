import type { Value } from '../../model/value.ts';
import { shellPattern } from '../../template/shell-pattern.ts';

/** Facts whose name, with or without `ansible_`, matches one of the patterns. */
export function filterFacts(facts: ReadonlyMap<string, Value>, patterns: readonly string[]): Map<string, Value> {
  const useful = patterns.filter((pattern) => pattern !== '*');
  if (patterns.length === 0 || useful.length < patterns.length) return new Map(facts);
  const kept = new Map<string, Value>();
  for (const pattern of patterns.map(wildcard)) {
    for (const [name, value] of facts) {
      if (pattern.test(`ansible_${name}`) || pattern.test(name)) kept.set(name, value);
    }
  }
  return kept;
}

/** A shell pattern (`*`, `?`, `[a-z]`, `[!a-z]`) for a whole name; the empty one matches all. */
function wildcard(pattern: string): RegExp {
  if (pattern === '') return /^/;
  return shellPattern(pattern);
}
