import type { Collector } from './collector.ts';

/** A `gather_subset` that names nothing known. The message is Ansible's. */
export class BadSubset extends Error {}

/**
 * The groups that `gather_subset` asks for, in the order of `collectors`: the minimal ones unless `!min`,
 * then those added, less those with `!`, unless they are named themselves; and what these need.
 */
export function selectCollectors(
  collectors: readonly Collector[],
  minimal: ReadonlySet<string>,
  subset: readonly string[],
): Collector[] {
  const known = new Set(collectors.flatMap(({ name, factIds = [] }) => [name, ...factIds]));
  const wanted = new Set<string>();
  const named = new Set<string>();
  const excluded = new Set<string>();
  for (const word of ['min', ...(subset.length ? subset : ['all'])]) {
    if (word === 'min') addAll(wanted, minimal);
    else if (word === 'all') addAll(wanted, known);
    else if (word === '!min') addAll(excluded, minimal);
    else if (word === '!all')
      addAll(
        excluded,
        [...known].filter((one) => !minimal.has(one)),
      );
    else if (word.startsWith('!')) addAll(excluded, withFactIds(collectors, word.slice(1)));
    else if (known.has(word)) {
      named.add(word);
      wanted.add(word);
    } else throw new BadSubset(badSubset(word, known));
  }
  for (const one of excluded) if (!named.has(one)) wanted.delete(one);
  return withRequired(
    collectors,
    collectors.filter(({ name, factIds = [] }) => [name, ...factIds].some((one) => wanted.has(one))),
  );
}

function badSubset(word: string, known: ReadonlySet<string>): string {
  const allowed = [...known].sort().join(', ');
  return `Bad subset '${word}' given to Ansible. gather_subset options allowed: all, ${allowed}`;
}

function withFactIds(collectors: readonly Collector[], name: string): string[] {
  return [name, ...(collectors.find((one) => one.name === name)?.factIds ?? [])];
}

function withRequired(collectors: readonly Collector[], chosen: readonly Collector[]): Collector[] {
  const needed = new Set(chosen.flatMap(({ name, requires = [] }) => [name, ...requires]));
  return collectors.filter(({ name }) => needed.has(name));
}

function addAll<T>(set: Set<T>, items: Iterable<T>): void {
  for (const item of items) set.add(item);
}
