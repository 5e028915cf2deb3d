import { KNOWN_NAMES } from './known-names.ts';

const FULL_NAME = /^([a-z_]\w*\.[a-z_]\w*)\.([\w.]+)$/;

/**
 * The collection of a module that content may rightly use, whether tsplay has it or not; undefined for a name that
 * nobody has. Any collection may be somebody's.
 */
export function knownCollection(name: string): string | undefined {
  const full = FULL_NAME.exec(name);
  if (!full) return Object.keys(KNOWN_NAMES).find((collection) => namesOf(collection)?.has(name));
  const collection = full[1] === 'ansible.legacy' ? 'ansible.builtin' : full[1]!;
  return (namesOf(collection)?.has(full[2]!) ?? true) ? collection : undefined;
}

const sets = new Map<string, ReadonlySet<string>>();

function namesOf(collection: string): ReadonlySet<string> | undefined {
  if (!Object.hasOwn(KNOWN_NAMES, collection)) return undefined;
  const known = sets.get(collection) ?? new Set(KNOWN_NAMES[collection]!.trim().split(/\s+/));
  sets.set(collection, known);
  return known;
}
