import { accessSync, constants } from 'node:fs';
import { extname } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import { statPath } from '../yaml/stat-path.ts';
import { readConfigured } from './sources/configured.ts';
import { readAdvancedHostList, readHostList } from './sources/host-list.ts';
import { readIniSource } from './sources/ini-source.ts';
import { readScriptSource } from './sources/script-source.ts';
import type { SourceContext } from './sources/source.ts';
import { isTerraformState, readTerraformState } from './sources/terraform/direct.ts';
import { readTomlSource } from './sources/toml-source.ts';
import { readYamlSource } from './sources/yaml-source.ts';

/** A source before it is read. */
export interface Source {
  readonly path: string;
  /** It is a list of hosts (`host1,host2,`) and no file. */
  readonly isList: boolean;
  readonly isExecutable: boolean;
  /** Empty for a list. */
  readonly text: string;
  readonly yamlEndings: readonly string[];
}

/** A form that a source may have. */
interface Format {
  /** Names in Ansible's setting that enable it. */
  readonly names: readonly string[];
  accepts(source: Source): boolean;
  read(context: SourceContext, source: Source): void | Promise<void>;
}

const FORMATS: readonly Format[] = [
  { names: ['host_list'], accepts: ({ isList }) => isList, read: (context, { path }) => readHostList(context, path) },
  {
    names: ['advanced_host_list'],
    accepts: ({ isList }) => isList,
    read: (context, { path }) => readAdvancedHostList(context, path),
  },
  {
    names: ['script'],
    // A text without the line that names its interpreter is no program, whatever its mode: many file systems mark all.
    accepts: (source) => isScript(source) || (source.isExecutable && source.text === ''),
    read: (context) => readScriptSource(context),
  },
  {
    // One that names its plugin is read by `auto`, or where the plugin itself is enabled.
    names: ['auto', 'constructed', 'generator', 'terraform', 'terraform_state', 'terraform_provider'],
    accepts: isConfiguration,
    read: (context, { text }) => readConfigured(context, text),
  },
  {
    names: ['auto', 'terraform'],
    accepts: ({ isList, path, text }) => !isList && isTerraformState(path, text),
    read: (context, { text }) => readTerraformState(context, text),
  },
  { names: ['yaml'], accepts: isYaml, read: (context, { text }) => readYamlSource(context, text) },
  {
    names: ['toml'],
    accepts: ({ isList, path }) => !isList && extname(path) === '.toml',
    read: (context, { text }) => readTomlSource(context, text),
  },
  {
    names: ['ini'],
    accepts: (source) => !source.isList && extname(source.path) !== '.toml' && !isYaml(source) && !isScript(source),
    read: (context, { text }) => readIniSource(context, text),
  },
];

/** The enabled formats that may fit a source, in the order in which they are to be tried. */
export function formatsFor(source: Source, enabled: readonly string[]): readonly Format[] {
  const names = enabled.map((name) => name.replace(/^(?:ansible\.(?:builtin|legacy)|cloud\.terraform)\./, ''));
  const place = (format: Format) => Math.min(...format.names.map((name) => names.indexOf(name) >>> 0));
  const usable = FORMATS.filter((format) => format.names.some((name) => names.includes(name)));
  // `auto` stands before the formats of hosts also where somebody enables it after them.
  const order = (format: Format) => (format.names.includes('auto') ? -1 : place(format));
  return usable.filter((format) => format.accepts(source)).sort((a, b) => order(a) - order(b));
}

/** Looks at a source. Throws TsplayError for what cannot be read; `read` gives a file's text. */
export function lookAt(
  path: string,
  isList: boolean,
  read: (path: string) => string,
  yamlEndings: readonly string[],
): Source {
  if (isList) return { path, isList, isExecutable: false, text: '', yamlEndings };
  const stat = statPath(path);
  if (!stat) throw new TsplayError('inventory', 'there is no such file', { hint: 'check the path given with -i' });
  const isExecutable = stat.isFile() && mayRun(path);
  return { path, isList, isExecutable, text: isExecutable ? readIfText(path, read) : read(path), yamlEndings };
}

/** A program need not be text. */
function readIfText(path: string, read: (path: string) => string): string {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof TsplayError) return '';
    throw error;
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isScript({ text }: Source): boolean {
  return text.startsWith('#!');
}

function isYaml({ isList, path, text, yamlEndings }: Source): boolean {
  return !isList && !text.startsWith('#!') && looksLikeYaml(path, text, yamlEndings);
}

/** By its ending; where it has none, by its first line that says something. A section's head is INI under any ending. */
export function looksLikeYaml(path: string, text: string, endings: readonly string[]): boolean {
  const extension = extname(path);
  const first = /^(?!\s*(?:[#;]|$)).+$/m.exec(text)?.[0] ?? '';
  if (extension !== '') return endings.includes(extension) && !/^\[[\w:.-]+\]\s*$/.test(first);
  return /^(?:---|%YAML|\{|[\w"'-]+:\s*(?:#.*)?$)/.test(first);
}

/** A configuration for a plugin of inventories, in YAML. */
export function isConfiguration({ isList, path, text, yamlEndings }: Source): boolean {
  if (isList) return false;
  const extension = extname(path);
  if (extension !== '' && extension !== '.config' && !yamlEndings.includes(extension)) return false;
  return /^["']?plugin["']?\s*:/m.test(text) || /^\s*\{[^{}]*["']plugin["']\s*:/.test(text);
}
