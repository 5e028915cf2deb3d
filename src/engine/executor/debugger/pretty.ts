import { isTuple, LazyDict, type Value } from '../../model/value.ts';
import { pyRepr } from '../../template/values.ts';

const WIDTH = 80;

/** A value as Python's `pprint` lays it out: on one line if there is room, else a member a line; keys sorted. */
export function pretty(value: Value, indent = 0, after = 0): string {
  const flat = pyRepr(sorted(value));
  if (flat.length <= WIDTH - indent - after) return flat;
  if (value instanceof Map) return members([...value].sort(byKey), '{', '}', indent, after, entry);
  if (Array.isArray(value)) {
    const [open, close] = isTuple(value) ? ['(', ')'] : ['[', ']'];
    return members(value, open, close, indent, after, pretty);
  }
  return flat;
}

function members<T>(
  items: readonly T[],
  open: string,
  close: string,
  indent: number,
  after: number,
  show: (item: T, indent: number, after: number) => string,
): string {
  const last = items.length - 1;
  const lines = items.map((item, index) => show(item, indent + 1, index === last ? after + 1 : 1));
  return `${open}${lines.join(`,\n${' '.repeat(indent + 1)}`)}${close}`;
}

function entry([key, value]: [Value, Value], indent: number, after: number): string {
  const name = `${pyRepr(key)}: `;
  return name + pretty(value, indent + name.length, after);
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return isTuple(value) ? value : value.map(sorted);
  if (!(value instanceof Map)) return value;
  const entries = value instanceof LazyDict ? [...value.entries()] : [...value];
  return new Map(entries.sort(byKey).map(([key, inner]) => [key, sorted(inner)]));
}

function byKey([a]: readonly [Value, Value], [b]: readonly [Value, Value]): number {
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
