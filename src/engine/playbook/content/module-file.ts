import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { statPath } from '../../yaml/stat-path.ts';
import { shownPath } from '../loader.ts';
import type { ContentFolders } from './folders.ts';
import { pythonImport } from './python.ts';

/** A module of the user, found by its name. */
export interface ModuleFile {
  /** Absolute. */
  readonly path: string;
  /** `definition`: in TypeScript or JavaScript, run here; `program`: sent to the host; `foreign`: neither can be. */
  readonly kind: 'definition' | 'program' | 'foreign';
  /** If it is foreign, what is said of it: `is in Python (library/x.py:3 ...)`. */
  readonly reason?: string | undefined;
}

/** Files that are no modules, whatever their name. */
const IGNORED = /(?:\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|yaml|yml|ini)|~|\.d\.m?ts|^__init__\.py)$/;
const DEFINITIONS: readonly string[] = ['.ts', '.mts', '.mjs', '.js'];

/** The module of that name in the first folder that has one. */
export function findModuleFile(
  folders: ContentFolders,
  searched: readonly string[],
  name: string,
): ModuleFile | undefined {
  for (const folder of searched) {
    const files = folders.list(folder).filter((file) => isNamed(file, name) && isFile(join(folder, file)));
    const [best] = files.sort((a, b) => rank(a) - rank(b));
    if (best !== undefined) return classify(folders, join(folder, best));
  }
  return undefined;
}

function isNamed(file: string, name: string): boolean {
  return !IGNORED.test(file) && (file === name || file.slice(0, file.length - extname(file).length) === name);
}

/** What replaces a module in Python may lie beside it, so Python comes last. */
function rank(file: string): number {
  const extension = extname(file);
  const known = DEFINITIONS.indexOf(extension);
  if (known >= 0) return known;
  return extension === '.py' ? 20 : 10;
}

const classified = new WeakMap<ContentFolders, Map<string, ModuleFile>>();

function classify(folders: ContentFolders, path: string): ModuleFile {
  const seen = classified.get(folders) ?? new Map<string, ModuleFile>();
  classified.set(folders, seen);
  const file = seen.get(path) ?? look(path);
  seen.set(path, file);
  return file;
}

function look(path: string): ModuleFile {
  const content = readFileSync(path);
  const script = content.subarray(0, 2).toString('latin1') === '#!';
  if (DEFINITIONS.includes(extname(path)) && !script) return { path, kind: 'definition' };
  const text = content.toString('latin1');
  const line = pythonImport(text);
  if (line !== undefined) {
    return {
      path,
      kind: 'foreign',
      reason: `is in Python (${shownPath(path)}:${line} takes ansible.module_utils)`,
    };
  }
  if (POWERSHELL.test(text)) return { path, kind: 'foreign', reason: `is in PowerShell (${shownPath(path)})` };
  return { path, kind: 'program' };
}

const POWERSHELL =
  /#Requires -(?:Module|Version)|#AnsibleRequires -(?:OSVersion|Powershell|CSharpUtil)|# POWERSHELL_COMMON/i;

function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}
