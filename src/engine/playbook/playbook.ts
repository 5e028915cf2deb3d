import { dirname, resolve } from 'node:path';
import type { Play } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { YamlNode } from '../yaml/types.ts';
import { Loader, shownPath } from './loader.ts';
import { phaseMistakes } from './phases.ts';
import { buildPlay } from './play.ts';
import { type ImportedBy, importEntry, readImport } from './playbook-import.ts';
import { tellPlugins } from './plugins.ts';
import { kindOf, problem } from './problem.ts';
import type { LoadOptions } from './types.ts';

const BY_NOBODY: ImportedBy = { when: [], tags: [], vars: new Map(), files: [] };

/**
 * The plays of a playbook and of those that it imports, with all that is static in them resolved: roles, imports, their
 * keywords. Throws TsplayError('parse') with place and hint, or gives errors to `onError`. Options may be a Loader, to
 * share what was read with other playbooks and with includes at run time.
 */
export function loadPlaybook(path: string, options: LoadOptions | Loader): Play[] {
  const loader = options instanceof Loader ? options : new Loader(options);
  const plays = loadFile(loader, resolve(path), undefined, BY_NOBODY);
  for (const mistake of phaseMistakes(plays)) {
    loader.attempt(() => {
      throw mistake;
    });
  }
  return plays;
}

function loadFile(loader: Loader, path: string, from: Position | undefined, by: ImportedBy): Play[] {
  const position = from ?? { file: shownPath(path), line: 1, column: 1 };
  refuseCircle(by.files, path, position);
  const node = loader.read(path, from);
  const entries = entriesOf(node, path, position);
  const directory = dirname(path);
  tellPlugins(loader, loader.content.addPlaybook(directory), directory, position);
  const inside = { ...by, files: [...by.files, path] };
  const plays: Play[] = [];
  for (const entry of entries) {
    loader.attempt(() => plays.push(...loadEntry(loader, entry, directory, inside)));
  }
  return plays;
}

function loadEntry(loader: Loader, node: YamlNode, directory: string, by: ImportedBy): Play[] {
  if (node.kind !== 'map') {
    throw problem(
      `playbook entries must be either valid plays or 'import_playbook' statements, but this is a ${kindOf(node)}`,
      node.position,
      'begin a play with `- hosts:`',
    );
  }
  const entry = importEntry(node);
  if (!entry) return [buildPlay(loader, node, directory, by)];
  const imported = readImport(loader, node, entry, directory, by);
  return loadFile(loader, imported.path, imported.position, imported.by);
}

function entriesOf(node: YamlNode | undefined, path: string, position: Position): readonly YamlNode[] {
  const file = shownPath(path);
  if (!node) throw problem(`Empty playbook, nothing to do: ${file}`, position);
  if (node.kind !== 'seq') {
    throw problem(
      `A playbook must be a list of plays, got a ${kindOf(node)} instead: ${file}`,
      node.position,
      'begin each play with `- hosts:`',
    );
  }
  if (node.items.length === 0) throw problem(`A playbook must contain at least one play: ${file}`, position);
  return node.items;
}

function refuseCircle(files: readonly string[], path: string, position: Position): void {
  if (!files.includes(path)) return;
  const ring = [...files.slice(files.indexOf(path)), path].map(shownPath);
  throw problem(`circular import of playbooks: ${ring.join(' -> ')}`, position);
}
