import { existsSync, readdirSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import { statPath } from '../yaml/stat-path.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { isEmpty, keyName } from './yaml-access.ts';

export interface RoleFiles {
  readonly tasks?: string | undefined;
  readonly vars?: string | undefined;
  readonly defaults?: string | undefined;
  readonly handlers?: string | undefined;
}

const EXTENSIONS = ['.yml', '.yaml', '.json'];

/**
 * The file of a role's folder: `main` with one of the known endings, or the one named. A named file must exist and
 * lie in the folder.
 */
export function roleFile(
  role: string,
  folder: string,
  from: string | undefined,
  position: Position,
): string | undefined {
  return candidates(role, folder, from, position).find((path) => isFile(path));
}

/** Variables of `defaults` or `vars`: one file, or all of the folder `main`, in order of their names. */
export function readRoleVars(
  loader: Loader,
  role: string,
  folder: 'defaults' | 'vars',
  use: { readonly name: string; readonly from: RoleFiles; readonly position: Position },
): Map<string, Raw> {
  const vars = new Map<string, Raw>();
  const found = candidates(role, folder, use.from[folder], use.position).find((path) => existsSync(path));
  if (found === undefined) return vars;
  for (const path of isFile(found) ? [found] : filesBelow(found)) {
    const node = loader.read(path, use.position);
    if (!node || isEmpty(node)) continue;
    if (node.kind !== 'map') {
      throw problem(
        `The ${relative(role, path)} file for role '${use.name}' must contain a dictionary of variables, but is a ${kindOf(node)}`,
        node.position,
        'write `name: value` on each line',
      );
    }
    for (const entry of node.entries) vars.set(keyName(entry), loader.variable(entry.node));
  }
  return vars;
}

/** What may be meant, in order of preference. Endings come first for `main`, the bare name for a named file. */
function candidates(role: string, folder: string, from: string | undefined, position: Position): string[] {
  const base = join(role, folder);
  if (from === undefined) return [...EXTENSIONS, ''].map((ending) => join(base, `main${ending}`));
  const path = resolve(base, from);
  const paths = ['', ...EXTENSIONS].map((ending) => `${path}${ending}`);
  if (!existsSync(base)) return [];
  if (relative(base, path).startsWith('..')) {
    throw problem(
      `Could not load ${folder} from ${path}, as it is not inside the expected role path: '${base}'`,
      position,
    );
  }
  if (!paths.some((each) => existsSync(each))) {
    throw problem(`Could not find specified file in role: ${folder}/${from}`, position, `looked in ${base}`);
  }
  return paths;
}

function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!isFile(path)) return extname(entry.name) === '' ? filesBelow(path) : [];
      return [...EXTENSIONS, ''].includes(extname(entry.name)) ? [path] : [];
    });
}
