import type { Block, Item, Role } from '../model/playbook.ts';

/** Roles that blocks were made of and those they depend on, dependencies first; also those that import_role brought. */
export function rolesIn(blocks: readonly Block[]): Role[] {
  const roles = new Set<Role>();
  const visit = (item: Item): void => {
    if (item.kind !== 'block') return;
    if (item.role && item.origin === 'role') {
      for (const dependency of item.role.dependencies) visit(dependency);
      roles.add(item.role);
    }
    for (const inner of [...item.items, ...item.rescue, ...item.always]) visit(inner);
  };
  for (const block of blocks) visit(block);
  return [...roles];
}

/** Whether a role is there because another one depends on it. */
export function isDependency(role: Role): boolean {
  return role.parents[0]?.dependencies.some((block) => block.role === role) ?? false;
}
