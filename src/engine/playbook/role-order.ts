import type { Block, Item, Role } from '../model/playbook.ts';

/** The blocks of a role's dependencies, each after its own, and then the role's. */
export function rolesBefore(role: Role): Block[] {
  return [...role.dependencies.flatMap((block) => (block.role ? rolesBefore(block.role) : [])), role.tasks];
}

/** Handlers of a role's dependencies and then its own. */
export function handlersOf(role: Role): Item[] {
  return [...role.dependencies.flatMap((block) => (block.role ? handlersOf(block.role) : [])), ...role.handlers];
}
