import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Deferred, type Raw } from '../model/value.ts';
import { expandHome } from './home.ts';
import type { Loader } from './loader.ts';
import { keyName, textOf } from './yaml-access.ts';

/**
 * Variables of the play's `vars_files` as far as they can be known now, for names of static imports. Missing files are
 * not an error here: the run, which knows each host's variables, says so.
 */
export function varsFromFiles(loader: Loader, directory: string, files: readonly Raw[]): Map<string, Raw> {
  const vars = new Map<string, Raw>();
  for (const entry of files) {
    const names = (Array.isArray(entry) ? entry : [entry]).filter((name) => !(name instanceof Deferred));
    const path = names
      .map((name) => resolve(directory, expandHome(textOf(name as string))))
      .find((each) => existsSync(each));
    const node = path === undefined ? undefined : loader.read(path);
    if (node?.kind !== 'map') continue;
    for (const each of node.entries) vars.set(keyName(each), loader.variable(each.node));
  }
  return vars;
}
