import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Raw } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import { parseYaml } from '../yaml/parse.ts';
import { toValue } from '../yaml/to-value.ts';
import { readTrusted } from './trusted-file.ts';

const EXTENSIONS = ['', '.yml', '.yaml', '.json'];
const NONE: ReadonlyMap<string, Raw> = new Map();

// Every host asks for the files of its groups, so each is read once; `forgetVars` makes them be read anew.
const known = new Map<string, ReadonlyMap<string, Raw>>();

/** Variables of a group from the files below `<directory>/group_vars`. Throws TsplayError for a file that is wrong. */
export function groupVars(directory: string, group: string): ReadonlyMap<string, Raw> {
  return varsOf(join(directory, 'group_vars'), group);
}

/** Variables of a host from the files below `<directory>/host_vars`. Throws TsplayError for a file that is wrong. */
export function hostVars(directory: string, host: string): ReadonlyMap<string, Raw> {
  return varsOf(join(directory, 'host_vars'), host);
}

/** Files changed on disk: read them again when they are asked for. */
export function forgetVars(): void {
  known.clear();
}

/** Files with variables of a group or host, in the order in which later ones win. */
export function findVarsFiles(folder: string, name: string): string[] {
  // A name from a source may hold anything: it must not lead out of the folder.
  if (name === '' || name === '.' || name === '..' || name.includes('/')) return [];
  const path = EXTENSIONS.map((extension) => join(folder, name + extension)).find((candidate) => existsSync(candidate));
  if (path === undefined) return [];
  return statSync(path).isDirectory() ? filesWithin(path) : [path];
}

function varsOf(folder: string, name: string): ReadonlyMap<string, Raw> {
  if (!known.has(folder)) known.set(folder, existsSync(folder) ? new Map() : NONE);
  if (known.get(folder) === NONE) return NONE;
  const key = `${folder}/${name}`;
  let vars = known.get(key);
  if (!vars) {
    vars = new Map(findVarsFiles(folder, name).flatMap((file) => [...readVars(file)]));
    known.set(key, vars);
  }
  return vars;
}

function filesWithin(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const extension = extname(entry.name);
      if (isFolder(entry, path)) return extension === '' ? filesWithin(path) : [];
      return EXTENSIONS.includes(extension) ? [path] : [];
    });
}

function isFolder(entry: Dirent, path: string): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && statSync(path).isDirectory());
}

function readVars(path: string): Map<string, Raw> {
  const node = parseYaml(readTrusted(path), path);
  if (!node) return new Map();
  if (node.kind !== 'map') {
    throw new TsplayError('inventory', 'a file of variables must hold a mapping', {
      position: node.position,
      hint: 'write "name: value" lines',
    });
  }
  return toValue(node, compileText) as Map<string, Raw>;
}
