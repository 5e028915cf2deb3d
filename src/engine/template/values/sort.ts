import type { Value } from '../../model/value.ts';
import { compare } from './compare.ts';

/** A sorted copy; stable, also when reversed, as in Python. Throws where two keys have no order. */
export function sortValues<T>(items: readonly T[], key: (item: T) => Value, reverse = false): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ item }) => item);
}
