import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed package; undefined for a bundle that was copied elsewhere. */
export function packageRoot(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let above = dirname(folder); above !== folder; folder = above, above = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return undefined;
}

/** Roles beside the current folder's playbooks, and those that come with tsplay. */
export function ownRolePaths(): string[] {
  const root = packageRoot();
  return [resolve('roles'), ...(root ? [join(root, 'roles')] : [])];
}
