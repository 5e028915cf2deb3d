import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { parseIni } from '../../engine/template/filters/ini/parse.ts';
import { CONFIG_KEYS, type ConfigKey } from './config-keys.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The environment with what ansible.cfg says below it. */
export interface Config {
  /** By ANSIBLE_* name, also where it comes from the file. */
  readonly env: Env;
  /** Absolute path of the ansible.cfg that was read. */
  readonly file: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Finds and reads ansible.cfg as Ansible does: $ANSIBLE_CONFIG, the current folder (not where everybody may write to
 * it), the home folder, /etc. Keys that are not known are passed over. Throws TsplayError for a file that cannot be read.
 */
export function readConfig(env: Env, cwd = process.cwd()): Config {
  const warnings: string[] = [];
  const file = findConfig(env, cwd, warnings);
  if (file === undefined) return { env, file, warnings };
  const sections = sectionsOf(file);
  const said: Record<string, string> = {};
  for (const key of CONFIG_KEYS) {
    const value = sections.get(key.section)?.get(key.key);
    if (typeof value === 'string') said[key.variable] = settingOf(key, value, file, env);
  }
  return { env: { ...said, ...env }, file, warnings };
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

/** Relative paths are meant from the file's folder. */
function settingOf({ path }: ConfigKey, text: string, file: string, env: Env): string {
  if (!path) return unquote(text);
  const absolute = (part: string) => resolve(dirname(file), expand(unquote(part), env));
  if (path === 'one') return absolute(text);
  const separator = path === 'commas' ? ',' : ':';
  const parts = text.split(separator).map((part) => part.trim());
  if (path === 'commas' && text.trim().endsWith(',')) return text;
  return parts.filter(Boolean).map(absolute).join(separator);
}

function expand(text: string, env: Env): string {
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
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isWorldWritable(folder: string): boolean {
  return (statSync(folder).mode & 0o002) !== 0;
}
