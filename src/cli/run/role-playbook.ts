import { join } from 'node:path';

export interface RolePlay {
  readonly role: string;
  readonly hosts: string;
  readonly facts: boolean;
  /** Folder in which roles are looked for as beside a playbook, absolute. */
  readonly directory: string;
}

/** A playbook that runs one role: it stands in no file, and only its messages name a place. */
export function rolePlaybook({ role, hosts, facts, directory }: RolePlay): {
  readonly path: string;
  readonly text: string;
} {
  const play = { name: `role ${role}`, hosts, gather_facts: facts, roles: [{ role }] };
  return { path: join(directory, '<role>'), text: JSON.stringify([play]) };
}
