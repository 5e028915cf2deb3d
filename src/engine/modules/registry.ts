import type { LoadScript } from '../playbook/content/scripts/script-loader.ts';
import { nearest } from '../playbook/suggest.ts';
import type { ActionInfo, ActionTable } from '../playbook/types.ts';
import type { ActionEntry, Directive } from './entry.ts';
import { moduleTable } from './index.ts';
import { knownCollection } from './known.ts';
import type { ModuleDefinition } from './types.ts';

const entries = new Map<string, ActionEntry>();
for (const entry of moduleTable) {
  for (const name of [entry.name, ...(entry.aliases ?? [])]) entries.set(name, entry);
}

const builtin = 'ansible.builtin';

/**
 * The entry that a name stands for: short, `ansible.builtin.x`, `ansible.legacy.x`, or with its collection's name.
 * What moved out of Ansible's core is still found under `ansible.builtin`, as there.
 */
export function resolveAction(name: string): ActionEntry | undefined {
  const at = name.lastIndexOf('.');
  if (at < 0) return entries.get(name);
  const collection = name.slice(0, at);
  const entry = entries.get(name.slice(at + 1));
  const homes = [builtin, 'ansible.legacy', entry?.collection ?? builtin];
  return homes.includes(collection) ? entry : undefined;
}

/** Loads a module by any of its names; undefined if there is none, or if it is the executor's own. */
export async function findModule(name: string): Promise<ModuleDefinition | undefined> {
  const entry = resolveAction(name);
  if (!entry || entry.directive) return undefined;
  return (await entry.load()) as ModuleDefinition;
}

/** A module that a task names: of the user where `source` is its file, else one of ours. */
export async function moduleNamed(
  name: string,
  source: string | undefined,
  load: LoadScript,
): Promise<ModuleDefinition | undefined> {
  if (source === undefined) return findModule(name);
  const { userModule } = await import('./user/user-module.ts');
  return userModule(name, source, load);
}

/** The arguments of any action, the executor's own included. */
export async function findArguments(name: string): Promise<ModuleDefinition | Directive | undefined> {
  return resolveAction(name)?.load();
}

/** Short names of all actions, sorted. */
export function moduleNames(): string[] {
  return [...entries.keys()].sort();
}

/** What the playbook reader asks of the registry. */
export const actionTable: ActionTable = {
  resolve: (name) => {
    const entry = resolveAction(name);
    return entry && describeEntry(entry);
  },
  knownIn: knownCollection,
  names: moduleNames,
};

function describeEntry({ name, freeForm, deferred = [] }: ActionEntry): ActionInfo {
  return { name, freeForm, args: Object.fromEntries(deferred.map((argument) => [argument, { deferred: true }])) };
}

/** For "did you mean": the nearest name, in the spelling that was used. */
export function suggestAction(name: string): string | undefined {
  const at = name.lastIndexOf('.');
  const meant = nearest(name.slice(at + 1), entries.keys());
  if (meant === undefined || at < 0) return meant;
  return `${entries.get(meant)?.collection ?? builtin}.${meant}`;
}
