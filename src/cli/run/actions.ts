import { moduleNames, resolveAction } from '../../engine/modules/registry.ts';
import type { ActionTable } from '../../engine/playbook/types.ts';

/** The module registry as the playbook reader wants it. */
export const actions: ActionTable = {
  resolve(name) {
    const entry = resolveAction(name);
    if (!entry) return undefined;
    const deferred = Object.keys(entry.deferred ?? {}).map((argument) => [argument, { deferred: true }] as const);
    return { name: entry.name, freeForm: entry.freeForm, args: Object.fromEntries(deferred) };
  },
  names: () => moduleNames(),
};
