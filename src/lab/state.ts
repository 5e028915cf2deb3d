import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode, labError } from './errors.ts';
import { readIfThere, writeWhole } from './files.ts';
import { withLock } from './lock.ts';
import { removeTree } from './trees.ts';

export interface LabHost {
  readonly name: string;
  /** From 1; the address ends in 10 more. */
  readonly number: number;
  readonly address: string;
  readonly release: string;
  /** Folder of the image that lies under it. */
  readonly image: string;
}

export interface Lab {
  readonly name: string;
  readonly folder: string;
  /** The N of 10.231.N.0/24. */
  readonly subnet: number;
  readonly hosts: readonly LabHost[];
}

/** What lab.json starts with: a folder without it was not made by us and is left alone. */
const MARK = 'made by tsplay lab';
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Folder of all labs and images: $TSPLAY_LAB_DIR, or tsplay/lab in the user's cache. */
export function labHome(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const home = process.env['TSPLAY_LAB_DIR'] || join(cache, 'tsplay', 'lab');
  if (!/^\/[^,:\\\s]*$/.test(home)) {
    throw labError(
      `the lab cannot lie in "${home}"`,
      'set TSPLAY_LAB_DIR to an absolute path without blanks, commas and colons',
    );
  }
  return home;
}

export function hostFolder(lab: Lab, host: LabHost): string {
  return join(lab.folder, 'hosts', host.name);
}

/** Refuses a name that could not be a folder, a network namespace and a host name at once. */
export function checkName(what: 'lab' | 'host', name: string): string {
  if (NAME.test(name)) return name;
  throw labError(`"${name}" is no name for a ${what}`, 'use small letters, digits and hyphens, 40 at most');
}

/** Runs work as the only one who changes this lab. */
export function withLabLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const labs = join(labHome(), 'labs');
  mkdirSync(labs, { recursive: true, mode: 0o700 });
  return withLock(join(labs, `.${checkName('lab', name)}.lock`), work);
}

/** A lab by its name; undefined if there is none. */
export function loadLab(name: string): Lab | undefined {
  const folder = join(labHome(), 'labs', checkName('lab', name));
  const text = readIfThere(join(folder, 'lab.json'));
  if (text === undefined) return undefined;
  try {
    const { mark, subnet, hosts } = JSON.parse(text) as { mark: unknown } & Lab;
    if (mark === MARK) return { name, folder, subnet, hosts };
  } catch (cause) {
    throw labError(`${folder}/lab.json is damaged`, undefined, cause);
  }
  throw labError(`${folder} was not made by tsplay lab`, 'it is left alone; choose another name with --lab');
}

/** Like `loadLab`, but it must be there. */
export function requireLab(name: string): Lab {
  const lab = loadLab(name);
  if (lab) return lab;
  const others = listLabs().map((other) => other.name);
  throw labError(
    `there is no lab "${name}"`,
    others.length > 0 ? `there is ${others.join(', ')} (--lab NAME)` : 'make one with tsplay lab up',
  );
}

export function requireHost(lab: Lab, name: string): LabHost {
  const host = lab.hosts.find((candidate) => candidate.name === name);
  if (host) return host;
  const names = lab.hosts.map((candidate) => candidate.name).join(', ');
  throw labError(`lab "${lab.name}" has no host "${name}"`, `it has ${names || 'none'}`);
}

export function saveLab(lab: Lab): void {
  const { subnet, hosts } = lab;
  writeWhole(join(lab.folder, 'lab.json'), `${JSON.stringify({ mark: MARK, subnet, hosts }, undefined, 2)}\n`);
}

/** Makes the folder of a new lab; refuses one that exists and is not empty, because it is not ours. */
export function makeLabFolder(name: string): string {
  const folder = join(labHome(), 'labs', name);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (readdirSync(folder).length > 0) {
      throw labError(`${folder} is not empty and was not made by tsplay lab`, 'choose another name with --lab');
    }
  }
  return folder;
}

/** Forgets a lab whose hosts are gone. The mark goes last, so that a crash on the way leaves a lab that can go down. */
export async function removeLabFolder(lab: Lab): Promise<void> {
  for (const entry of readdirSync(lab.folder)) {
    if (entry !== 'lab.json') await removeTree(join(lab.folder, entry));
  }
  rmSync(join(lab.folder, 'lab.json'), { force: true });
  rmdirSync(lab.folder);
}

export function listLabs(): Lab[] {
  let entries: string[];
  try {
    entries = readdirSync(join(labHome(), 'labs'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return entries.filter((entry) => NAME.test(entry)).flatMap((name) => loadLab(name) ?? []);
}
