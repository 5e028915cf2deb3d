import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { withoutSecrets } from '../template/vaulted.ts';
import { createInventory, reconcile } from './edit.ts';
import { type InvalidGroupNames, settleGroupNames } from './group-names.ts';
import { restore, snapshot } from './snapshot.ts';
import type { ScopeOf } from './sources/constructed.ts';
import { readAdvancedHostList, readHostList } from './sources/host-list.ts';
import { readIniSource } from './sources/ini-source.ts';
import { readScriptSource } from './sources/script-source.ts';
import type { SourceContext } from './sources/source.ts';
import { readYamlSource } from './sources/yaml-source.ts';
import { type Compile, readTrusted } from './trusted-file.ts';

const YAML_EXTENSIONS = ['.yml', '.yaml', '.json'];
const IGNORED =
  /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:\.pyc|\.pyo|\.swp|\.bak|~|\.rpm|\.md|\.txt|\.rst|\.orig|\.ini|\.cfg|\.retry)$/;

export interface LoadOptions {
  /** Makes the strings of variables into something to evaluate. */
  readonly compile: Compile;
  /** What becomes of encrypted content; without it such content is refused. */
  readonly decryption?: Decryption | undefined;
  readonly onWarning: (message: string) => void;
  /** `never` unless said otherwise. */
  readonly invalidGroupNames?: InvalidGroupNames | undefined;
  /** A host's variables while sources are read; without it a source cannot compute groups of them. */
  readonly scopeOf?: ScopeOf | undefined;
  /** Formats of Ansible's that are to be read besides the usual ones: `advanced_host_list`. */
  readonly formats?: readonly string[] | undefined;
}

/**
 * Reads inventory sources, in order: files (YAML, INI), folders of files, executable scripts, and lists (`host1,`).
 * A source that cannot be read is told to `onWarning`, with the place of its mistake, and left out, as Ansible does.
 */
export async function loadInventory(sources: readonly string[], options: LoadOptions): Promise<Inventory> {
  const places = sources.filter((source) => source !== '');
  const files = places.filter((source) => !isList(source)).map((source) => resolve(source));
  const inventory = createInventory(files);
  const { decryption = withoutSecrets() } = options;
  let read = false;
  for (const source of places) {
    const path = isList(source) ? source : resolve(source);
    read = (await readSource({ ...options, inventory, path, decryption })) || read;
  }
  if (!read) options.onWarning('No inventory was parsed, only implicit localhost is available');
  settleGroupNames(inventory, options.invalidGroupNames ?? 'never', options.onWarning);
  reconcile(inventory);
  warnOfNames(inventory, options.onWarning);
  return inventory;
}

function isList(source: string): boolean {
  return source.includes(',') && !statSync(source, { throwIfNoEntry: false });
}

type ReadContext = SourceContext & Pick<LoadOptions, 'formats' | 'scopeOf'>;

/** Says whether the source, or any in the folder, was read. */
async function readSource(context: ReadContext): Promise<boolean> {
  const { path, onWarning } = context;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return readFolder(context);
  const before = snapshot(context.inventory);
  try {
    await readFormat(context);
    return true;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    restore(context.inventory, before);
    onWarning(`Unable to parse ${path} as an inventory source: ${error.describe()}`);
    return false;
  }
}

async function readFolder(context: ReadContext): Promise<boolean> {
  let read = false;
  for (const name of readdirSync(context.path).sort()) {
    if (IGNORED.test(name)) continue;
    read = (await readSource({ ...context, path: join(context.path, name) })) || read;
  }
  if (!read) context.onWarning(`Unable to parse ${context.path} as an inventory source`);
  return read;
}

async function readFormat(context: ReadContext): Promise<void> {
  const { path, formats } = context;
  if (isList(path)) {
    const read = formats?.includes('advanced_host_list') ? readAdvancedHostList : readHostList;
    return read(context, path);
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new TsplayError('inventory', 'there is no such file', { hint: 'check the path given with -i' });
  if (stat.isFile() && isExecutable(path)) return readScriptSource(context);
  const text = readTrusted(path, context.decryption);
  if (looksLikeYaml(path, text)) readYamlSource(context, text, context.scopeOf);
  else readIniSource(context, text);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** By its ending; where it has none, by its first line that says something. */
export function looksLikeYaml(path: string, text: string): boolean {
  const extension = extname(path);
  if (extension !== '') return YAML_EXTENSIONS.includes(extension);
  const first = /^(?!\s*(?:[#;]|$)).+$/m.exec(text)?.[0] ?? '';
  return /^(?:---|%YAML|\{|[\w"'-]+:\s*(?:#.*)?$)/.test(first);
}

function warnOfNames(inventory: Inventory, onWarning: (message: string) => void): void {
  for (const name of inventory.groups.keys()) {
    if (inventory.hosts.has(name)) onWarning(`Found both group and host with same name: ${name}`);
  }
}
