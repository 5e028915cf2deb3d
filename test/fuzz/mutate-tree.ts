import { stringify } from 'yaml';
import { oneOf, type Random } from './random.ts';

type Tree = unknown;

const VALUES: readonly Tree[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53 + 2,
  1e300,
  '',
  ' ',
  'no',
  '010',
  '1_000',
  '1:30',
  '2001-01-01',
  'all',
  'x=1 y="{{ z }}"',
  '{{ x }}',
  '{{ omit }}',
  '{{',
  '{{ [] }}',
  '{{ {} }}',
  '{% if x %}',
  "{{ 'a' * 100000 }}",
  '{{ range(10 ** 9) | list }}',
  '{{ lookup("vars", "x") }}',
  '../../../../etc/passwd',
  '/',
  '~',
  'a\0b',
  '\u2028\u202e\ud800',
  'x'.repeat(50_000),
  '__proto__',
  [],
  [null],
  [[]],
  {},
  { '': '' },
  { __proto__: null, constructor: 1 },
  [{ a: [{ b: [{}] }] }],
];

/** Places of a tree: where a value stands, so that it can be replaced. */
interface Place {
  readonly holder: Tree[] | Record<string, Tree>;
  readonly key: string | number;
}

/**
 * A document with one to three of its values wrong: others in their place, exchanged, doubled, wrapped, left out, nested
 * deeply, under another key. `keys` are words that mean something there.
 */
export function mutateTree(document: Tree, keys: readonly string[], next: Random): string {
  const root: Record<string, Tree> = { root: structuredClone(document) };
  for (let left = 1 + next(3); left > 0; left--) mutateOnce(placesOf(root), keys, next);
  return stringify(root['root'], { aliasDuplicateObjects: next(2) === 0, lineWidth: next(2) === 0 ? 0 : 80 });
}

function mutateOnce(places: readonly Place[], keys: readonly string[], next: Random): void {
  const place = oneOf(places, next);
  const other = oneOf(places, next);
  const value = at(place);
  const ways = [
    () => put(place, oneOf(VALUES, next)),
    () => put(place, structuredClone(at(other))),
    () => put(place, [value, structuredClone(value)]),
    () => put(place, { [oneOf(keys, next)]: value }),
    () => put(place, nested(value, 2 + next(40), next)),
    () => put(place, typeof value === 'object' ? JSON.stringify(value) : `{{ ${String(value)} }}`),
    () => remove(place),
    () => rename(place, oneOf(keys, next)),
    () => add(place, oneOf(keys, next), next(2) === 0 ? oneOf(VALUES, next) : structuredClone(at(other))),
  ];
  oneOf(ways, next)();
}

function placesOf(holder: Place['holder']): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(typeof value === 'object' && value !== null ? placesOf(value as Place['holder']) : []),
  ]);
}

function at({ holder, key }: Place): Tree {
  return (holder as Record<string | number, Tree>)[key];
}

function put({ holder, key }: Place, value: Tree): void {
  (holder as Record<string | number, Tree>)[key] = value;
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (key !== 'root') delete holder[key];
}

function rename(place: Place, name: string): void {
  if (Array.isArray(place.holder) || place.key === 'root') return;
  const value = at(place);
  remove(place);
  place.holder[name] = value;
}

function add({ holder }: Place, name: string, value: Tree): void {
  if (Array.isArray(holder)) holder.push(value);
  else if (!('root' in holder)) holder[name] = value;
}

function nested(value: Tree, depth: number, next: Random): Tree {
  const wrap = oneOf<(inner: Tree) => Tree>(
    [(inner) => [inner], (inner) => ({ block: inner }), (inner) => ({ x: [inner] })],
    next,
  );
  let result = value;
  for (let left = depth; left > 0; left--) result = wrap(result);
  return result;
}
