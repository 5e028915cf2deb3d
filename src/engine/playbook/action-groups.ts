import { join } from 'node:path';
import type { Value } from '../model/value.ts';
import { toValue } from '../yaml/to-value.ts';
import { splitFullName } from './collections.ts';
import type { Loader } from './loader.ts';

/**
 * Full names of the modules that a group of a collection on disk stands for (`action_groups` of its meta/runtime.yml),
 * with those of the groups that it extends. Undefined where there is no such group.
 */
export function modulesOfGroup(loader: Loader, name: string, seen = new Set<string>()): string[] | undefined {
  const full = splitFullName(name);
  const members = full && groupsOf(loader, full.collection)?.get(full.rest);
  if (!full || !Array.isArray(members)) return undefined;
  seen.add(name);
  const inCollection = (each: Value) => (splitFullName(String(each)) ? String(each) : `${full.collection}.${each}`);
  return members.flatMap((member) => {
    if (!(member instanceof Map)) return [inCollection(member)];
    const extended = extendedBy(member).map(inCollection);
    return extended.filter((each) => !seen.has(each)).flatMap((each) => modulesOfGroup(loader, each, seen) ?? []);
  });
}

/** `metadata: {extend_group: [...]}` stands among the members. */
function extendedBy(member: ReadonlyMap<Value, Value>): Value[] {
  const metadata = member.get('metadata');
  const extended = metadata instanceof Map ? metadata.get('extend_group') : undefined;
  return Array.isArray(extended) ? extended : typeof extended === 'string' ? [extended] : [];
}

/** Groups of a collection by their short names. */
function groupsOf(loader: Loader, collection: string): Map<string, Value> | undefined {
  const folder = loader.content.collections().find(({ name }) => name === collection)?.path;
  if (folder === undefined || !loader.content.list(join(folder, 'meta')).includes('runtime.yml')) return undefined;
  const node = loader.read(join(folder, 'meta', 'runtime.yml'));
  const content = node && toValue(node);
  const groups = content instanceof Map ? content.get('action_groups') : undefined;
  if (!(groups instanceof Map)) return undefined;
  return new Map([...groups].map(([name, members]) => [String(name).replace(`${collection}.`, ''), members as Value]));
}
