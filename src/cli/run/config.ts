import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { parseIni } from '../../engine/template/filters/ini/parse.ts';
import { statPath } from '../../engine/yaml/stat-path.ts';
import { convertSetting } from '../settings/convert.ts';
import { type SettingSpec, variableOf } from '../settings/spec.ts';
import { SETTINGS } from '../settings/table/index.ts';
import { misspeltVariables, refusedSettings, unknownKeys } from '../settings/unknown.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The environment with what ansible.cfg says below it. */
export interface Config {
  /** By ANSIBLE_* name, also where it comes from the file: a setting that is said stands under each of its names. */
  readonly env: Env;
  /** Absolute path of the ansible.cfg that was read. */
  readonly file: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Finds and reads ansible.cfg as Ansible does: $ANSIBLE_CONFIG, the current folder (not where everybody may write to
 * it), the home folder, /etc. What means nothing is told in `warnings`. Throws TsplayError for a file that cannot be
 * read and for a value that a setting cannot have.
 */
export function readConfig(env: Env, cwd = process.cwd()): Config {
  const warnings: string[] = [];
  const file = findConfig(env, cwd, warnings);
  const sections = file === undefined ? new Map() : sectionsOf(file);
  const said: Record<string, string | undefined> = { ...env };
  for (const spec of SETTINGS) {
    const text = textOf(spec, { env, cwd, file, sections });
    for (const name of spec.env.length > 0 ? spec.env : [variableOf(spec)]) said[name] = text;
  }
  if (file !== undefined) warnings.push(...unknownKeys(file, sections));
  warnings.push(...misspeltVariables(env), ...refusedSettings(said));
  return { env: said, file, warnings };
}

interface Sources {
  readonly env: Env;
  readonly cwd: string;
  readonly file: string | undefined;
  readonly sections: ReturnType<typeof parseIni>;
}

/** The text that counts, if anybody says one; wrong ones of settings that count for something are refused. */
function textOf(spec: SettingSpec, { env, cwd, file, sections }: Sources): string | undefined {
  const variable = spec.env.find((name) => env[name] !== undefined);
  const text = variable === undefined ? fromFile(spec, { env, cwd, file, sections }) : env[variable];
  const origin = variable === undefined ? String(file) : `env: ${variable}`;
  if (text !== undefined && spec.treatment === 'acted') convertSetting(spec, text, origin);
  return text;
}

function fromFile(spec: SettingSpec, { env, cwd, file, sections }: Sources): string | undefined {
  if (file === undefined) return undefined;
  for (const place of spec.ini) {
    const dot = place.indexOf('.');
    const value = sections.get(place.slice(0, dot))?.get(place.slice(dot + 1));
    if (typeof value === 'string') return settingText(spec, value, { file, env, cwd });
  }
  return undefined;
}

function findConfig(env: Env, cwd: string, warnings: string[]): string | undefined {
  const named = env['ANSIBLE_CONFIG'];
  if (named) {
    const path = resolve(cwd, expand(named, env));
    const candidate = isFolder(path) ? join(path, 'ansible.cfg') : path;
    if (isReadable(candidate)) return candidate;
  }
  const here = join(cwd, 'ansible.cfg');
  if (isReadable(here)) {
    if (!isWorldWritable(cwd)) return here;
    warnings.push(
      `Ansible is being run in a world writable directory (${cwd}), ignoring it as an ansible.cfg source. Take the right to write away from others, or name the file in ANSIBLE_CONFIG.`,
    );
  }
  return [join(homedir(), '.ansible.cfg'), '/etc/ansible/ansible.cfg'].find(isReadable);
}

function sectionsOf(file: string): ReturnType<typeof parseIni> {
  try {
    return parseIni(readFileSync(file, 'utf8').replace(/\s;.*$/gm, ''));
  } catch (cause) {
    throw new TsplayError('usage', `Error reading config file (${file}): ${(cause as Error).message}`, { cause });
  }
}

interface Place {
  readonly file: string;
  readonly env: Env;
  readonly cwd: string;
}

/** Relative paths are meant from the file's folder. */
function settingText({ kind }: SettingSpec, text: string, { file, env, cwd }: Place): string {
  const said = unquote(text).replace(/\{\{\s*CWD\s*\}\}/g, cwd);
  const absolute = (part: string) => resolve(dirname(file), expand(unquote(part.trim()), env));
  switch (kind) {
    case 'path':
      return said === '' ? said : absolute(said);
    case 'paths':
      return said.split(':').filter(Boolean).map(absolute).join(':');
    case 'sources':
      // A comma at the end makes it a list of hosts.
      if (said.trim().endsWith(',')) return said;
      return said.split(',').filter(Boolean).map(absolute).join(',');
    default:
      return said;
  }
}

/** A path with `~` and `$NAME` filled in. */
export function expand(text: string, env: Env): string {
  return text
    .replace(/^~(?=\/|$)/, homedir())
    .replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => env[(braced ?? bare)!] ?? whole);
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statPath(path)?.isDirectory() ?? false;
}

function isWorldWritable(folder: string): boolean {
  return (statSync(folder).mode & 0o002) !== 0;
}
