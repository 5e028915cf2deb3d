import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';

/**
 * The playbooks to run of a checkout: those that are named, else the one of the machine's name, else `local.yml`. Throws
 * TsplayError where none of them can be read.
 */
export function choosePlaybooks(folder: string, named: readonly string[], machine: string): readonly string[] {
  if (named.length > 0) {
    const paths = named.map((name) => join(folder, name));
    const missing = paths.flatMap((path) => problemOf(path) ?? []);
    return missing.length > 0 ? none(missing) : paths;
  }
  const candidates = [`${machine}.yml`, `${machine.split('.')[0]}.yml`, 'local.yml'].map((name) => join(folder, name));
  const found = candidates.find((path) => problemOf(path) === undefined);
  return found ? [found] : none(candidates.flatMap((path) => problemOf(path) ?? []));
}

function problemOf(path: string): string | undefined {
  if (!existsSync(path)) return `${path}: File does not exist`;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch {
    return `${path}: File is not readable`;
  }
}

function none(problems: readonly string[]): never {
  throw new TsplayError('usage', `Could not find a playbook to run: ${[...new Set(problems)].join(', ')}`);
}
