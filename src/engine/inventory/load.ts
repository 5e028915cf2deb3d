import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { withoutSecrets } from '../template/vaulted.ts';
import { isVaultedFile } from '../template/vaulted-file.ts';
import { statPath } from '../yaml/stat-path.ts';
import { createInventory, reconcile } from './edit.ts';
import { formatsFor, lookAt } from './formats.ts';
import { type InvalidGroupNames, settleGroupNames } from './group-names.ts';
import { restore, snapshot } from './snapshot.ts';
import { SOURCE_DEFAULTS, type SourceSettings } from './source-settings.ts';
import type { SourceContext } from './sources/source.ts';
import { type Compile, readTrusted } from './trusted-file.ts';

const NEVER_SOURCES = /^\.|^(?:host_vars|group_vars|vars_plugins)$/;
const DEFAULT_SOURCE = '/etc/ansible/hosts';

export interface LoadOptions {
  /** Makes the strings of variables into something to evaluate. */
  readonly compile: Compile;
  /** What becomes of encrypted content; without it such content is refused. */
  readonly decryption?: Decryption | undefined;
  readonly onWarning: (message: string) => void;
  /** `never` unless said otherwise. */
  readonly invalidGroupNames?: InvalidGroupNames | undefined;
  /** A host's variables while sources are read; without it a source cannot compute groups of them. */
  readonly scopeOf?: SourceContext['scopeOf'];
  /** How sources are read; as Ansible does by default where nothing is said. */
  readonly settings?: SourceSettings | undefined;
}

/**
 * Reads inventory sources, in order: files (YAML, INI, TOML, states of Terraform, configurations of plugins), folders of
 * files, executable scripts, and lists (`host1,`). A source that cannot be read is told to `onWarning`, with the place of
 * its mistake, and left out, as Ansible does; where settings want it so, it throws TsplayError.
 */
export async function loadInventory(sources: readonly string[], options: LoadOptions): Promise<Inventory> {
  const settings = options.settings ?? SOURCE_DEFAULTS;
  const places = sources.filter((source) => source !== '');
  const files = places.filter((source) => !isList(source)).map((source) => resolve(source));
  const inventory = createInventory(files, settings.onMismatch);
  const common = { inventory, decryption: withoutSecrets(), scopeOf: undefined, ...options, settings };
  let read = false;
  for (const source of places) {
    const path = isList(source) ? source : resolve(source);
    read = (await readSource({ ...common, path })) || read;
  }
  if (!read) nothingRead(settings, options.onWarning);
  settleGroupNames(inventory, options.invalidGroupNames ?? 'never', options.onWarning);
  reconcile(inventory);
  warnOfNames(inventory, options.onWarning);
  return inventory;
}

function nothingRead({ whenNone }: SourceSettings, onWarning: (message: string) => void): void {
  if (whenNone === 'fail') {
    throw new TsplayError('inventory', 'No inventory was parsed, please check your configuration and options.');
  }
  if (whenNone === 'warn') onWarning('No inventory was parsed, only implicit localhost is available');
}

function isList(source: string): boolean {
  return source.includes(',') && !statPath(source);
}

/** Says whether the source, or any in the folder, was read. */
async function readSource(context: SourceContext): Promise<boolean> {
  const { path, onWarning, settings } = context;
  if (statPath(path)?.isDirectory()) return readFolder(context);
  try {
    await readFormat(context);
    return true;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    if (settings.failOnAny) {
      const message = `Completely failed to parse inventory source ${path}: ${error.message}`;
      throw new TsplayError('inventory', message, { position: error.position, hint: error.hint, cause: error });
    }
    if (path === DEFAULT_SOURCE && !statPath(path)) return false;
    onWarning(`Unable to parse ${path} as an inventory source: ${error.describe()}`);
    return false;
  }
}

async function readFolder(context: SourceContext): Promise<boolean> {
  const { ignoredEndings, ignoredNames } = context.settings;
  const patterns = ignoredNames.map((text) => pattern(text));
  let read = false;
  for (const name of readdirSync(context.path).sort()) {
    if (NEVER_SOURCES.test(name) || ignoredEndings.some((ending) => name.endsWith(ending))) continue;
    if (patterns.some((regex) => regex.test(name))) continue;
    read = (await readSource({ ...context, path: join(context.path, name) })) || read;
  }
  return read;
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new TsplayError('usage', `inventory ignore_patterns: '${text}' is no regular expression`, { cause });
  }
}

/** Tries the formats that fit, and takes back what one added that failed. Throws what the first of them said. */
async function readFormat(given: SourceContext): Promise<void> {
  const { path, inventory, settings } = given;
  const context = isEncrypted(path) ? concealing(given) : given;
  const read = (file: string) => readTrusted(file, context.decryption);
  const source = lookAt(path, isList(path), read, settings.yamlEndings);
  const before = snapshot(inventory);
  let first: TsplayError | undefined;
  for (const format of formatsFor(source, settings.enabled)) {
    try {
      await format.read(context, source);
      return;
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      restore(inventory, before);
      first ??= error;
    }
  }
  if (first) throw first;
  throw new TsplayError('inventory', 'none of the enabled formats reads it', {
    hint: `enabled (enable_plugins) are ${settings.enabled.join(', ')}`,
  });
}

function isEncrypted(path: string): boolean {
  return statPath(path)?.isFile() === true && isVaultedFile(path);
}

/** Texts of variables that an encrypted source holds are secrets. */
function concealing(context: SourceContext): SourceContext {
  const compile: Compile = (text, position) => {
    context.decryption.conceal(text);
    return context.compile(text, position);
  };
  return { ...context, compile };
}

function warnOfNames(inventory: Inventory, onWarning: (message: string) => void): void {
  for (const name of inventory.groups.keys()) {
    if (inventory.hosts.has(name)) onWarning(`Found both group and host with same name: ${name}`);
  }
}
