import type { Shared } from '../../model/shared.ts';
import { Float, type Value } from '../../model/value.ts';

/** Texts in facts that nobody may see: all but those of the plain ones. */
export function secretsIn({ facts, plain }: Pick<Shared, 'facts' | 'plain'>): string[] {
  const secret = [...facts].filter(([name]) => typeof name !== 'string' || !plain.includes(name));
  return [...new Set(secret.flatMap(([, value]) => [...textsIn(value)]))];
}

/** What holds no more than yes or no is no secret. */
function* textsIn(value: Value): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
  else if (value instanceof Float) yield String(value.value);
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('latin1');
  else if (Array.isArray(value)) for (const member of value) yield* textsIn(member);
  else if (value instanceof Map) for (const member of value.values()) yield* textsIn(member);
}

/** Facts as they may be shown. */
export function shownFacts({ facts, plain }: Pick<Shared, 'facts' | 'plain'>): Map<Value, Value> {
  const isPlain = (name: Value) => typeof name === 'string' && plain.includes(name);
  return new Map([...facts].map(([name, value]) => [name, isPlain(name) ? value : '********']));
}
