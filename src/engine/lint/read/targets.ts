import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { TsplayError } from '../../model/errors.ts';
import { classify } from './classify.ts';
import { entriesOf, filesBelow, isFile, isFolder } from './folders.ts';

/** Something to lint, by absolute path. */
export type Target =
  | { readonly kind: 'playbook' | 'vars' | 'template' | 'inventory' | 'yaml'; readonly path: string }
  | { readonly kind: 'role'; readonly path: string }
  /** A file of tasks or handlers, with the role that it belongs to. */
  | { readonly kind: 'tasks' | 'handlers'; readonly path: string; readonly role: string | undefined };

const YAML = ['.yml', '.yaml'];
const TEMPLATES = ['.j2', '.jinja', '.jinja2', '.hbs'];
const ROLE_PARTS = ['tasks', 'handlers', 'defaults', 'vars', 'meta', 'templates'];
const VARIABLES = ['group_vars', 'host_vars', 'vars', 'defaults'];
const INVENTORIES = ['inventories', 'inventory'];
const PASSED_OVER = ['collections', 'files', 'library', 'molecule', 'node_modules', 'module_utils'];

export function isTemplateFile(path: string): boolean {
  return TEMPLATES.includes(extname(path));
}

export function isYamlFile(path: string): boolean {
  return YAML.includes(extname(path));
}

/** What the named paths hold. Throws TsplayError('usage') for one that is not there. */
export function findTargets(paths: readonly string[]): Target[] {
  return paths.flatMap((named) => {
    const path = resolve(named);
    if (isFile(path)) return [namedFile(path)];
    if (isFolder(path)) return INVENTORIES.includes(basename(path)) ? inventories(path) : inFolder(path, new Set());
    throw new TsplayError('usage', `there is no file or folder '${named}'`, {
      hint: 'name playbooks, roles, or folders of them',
    });
  });
}

function inFolder(folder: string, seen: Set<string>): Target[] {
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  if (isRole(folder)) return [{ kind: 'role', path: folder }];
  const name = basename(folder);
  if (VARIABLES.includes(name))
    return filesBelow(folder)
      .filter(isVariables)
      .map((path) => ({ kind: 'vars', path }));
  return entriesOf(folder).flatMap((entry): Target[] => {
    if (entry.kind === 'file') return fileInFolder(entry.path);
    if (PASSED_OVER.includes(entry.name) || INVENTORIES.includes(entry.name) || entry.name.endsWith('_plugins'))
      return [];
    return inFolder(entry.path, seen);
  });
}

/** A role has the shape of one, or lies where roles lie and has any part of one. */
function isRole(folder: string): boolean {
  const parts = ROLE_PARTS.filter((part) => isFolder(join(folder, part)));
  if (parts.length === 0) return false;
  if (basename(dirname(folder)) === 'roles') return true;
  return ['tasks', 'meta', 'handlers'].some((part) =>
    YAML.some((ending) => isFile(join(folder, part, `main${ending}`))),
  );
}

/** A file that the walk comes upon: other YAML than Ansible's lies about in every project, so it must look like it. */
function fileInFolder(path: string): Target[] {
  if (isTemplateFile(path)) return basename(dirname(path)) === 'templates' ? [{ kind: 'template', path }] : [];
  if (!isYamlFile(path)) return [];
  const parent = basename(dirname(path));
  const kind = classify(path);
  if (kind === 'playbook') return [{ kind, path }];
  return parent === 'tasks' || parent === 'handlers' ? [{ kind: parent, path, role: undefined }] : [];
}

function namedFile(path: string): Target {
  if (isTemplateFile(path)) return { kind: 'template', path };
  const folder = dirname(path);
  const parent = basename(folder);
  if (parent === 'templates') return { kind: 'template', path };
  if (!isYamlFile(path)) return { kind: 'inventory', path };
  if (parent === 'tasks' || parent === 'handlers') return { kind: parent, path, role: roleAround(folder) };
  if (VARIABLES.includes(parent) || VARIABLES.includes(basename(dirname(folder)))) return { kind: 'vars', path };
  if (parent === 'meta') return { kind: 'yaml', path };
  if (isInventory(path)) return { kind: 'inventory', path };
  const kind = classify(path);
  return kind === 'tasks' ? { kind, path, role: undefined } : { kind, path };
}

function roleAround(folder: string): string | undefined {
  const role = dirname(folder);
  return isRole(role) ? role : undefined;
}

function isInventory(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return /^(hosts|inventory)\.ya?ml$/.test(basename(path)) || folders.some((folder) => INVENTORIES.includes(folder));
}

/** A folder of inventories: files of hosts, and of variables. */
function inventories(folder: string): Target[] {
  return filesBelow(folder).flatMap((path): Target[] => {
    const inVariables = path.split('/').some((part) => part === 'group_vars' || part === 'host_vars');
    if (inVariables) return isVariables(path) ? [{ kind: 'vars', path }] : [];
    return isYamlFile(path) || extname(path) === '' || extname(path) === '.ini' ? [{ kind: 'inventory', path }] : [];
  });
}

function isVariables(path: string): boolean {
  return isYamlFile(path) || extname(path) === '';
}
