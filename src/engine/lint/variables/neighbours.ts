import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isVaulted } from '../../vault/envelope.ts';
import { statPath } from '../../yaml/stat-path.ts';
import type { Content } from '../content.ts';
import { filesBelow } from '../read/folders.ts';

const LARGEST = 1_000_000;
const BESIDE_PLAYBOOK = ['group_vars', 'host_vars', 'vars', 'inventory', 'inventories'];

/**
 * Whatever may be a name of a variable in the files that lie around: inventories and variables beside the playbooks, in
 * the folder above them and in the current one, and the vars of roles. Too many names only make lint say less.
 * Undefined if one of them is encrypted, so that it may hold any name.
 */
export function namesAround({ plays, roles }: Content): Set<string> | undefined {
  const bases = new Set([process.cwd(), ...plays.flatMap(({ play }) => [play.directory, dirname(play.directory)])]);
  const folders = [...bases].flatMap((base) => BESIDE_PLAYBOOK.map((name) => join(base, name)));
  folders.push(...roles.map(({ role }) => join(role.path, 'vars')));
  const files = new Set(folders.flatMap((folder) => filesBelow(folder)));
  for (const base of bases)
    for (const name of ['hosts', 'hosts.yml', 'hosts.ini', 'inventory.yml']) files.add(join(base, name));
  for (const { play } of plays) {
    for (const name of play.varsFiles.flat()) if (typeof name === 'string') files.add(resolve(play.directory, name));
  }
  const texts = [...files].flatMap(textOf);
  return texts.some(isVaulted) ? undefined : new Set(texts.flatMap(namesIn));
}

/** The text of a file, unless it is none or too large. */
function textOf(path: string): string[] {
  const stat = statPath(path);
  return stat?.isFile() && stat.size <= LARGEST ? [readFileSync(path, 'utf8')] : [];
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/(\w+)["']?\s*[=:]/g)].map((match) => match[1]!);
}
