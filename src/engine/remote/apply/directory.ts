import type { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { attributeSteps, inOrder } from './attribute-script.ts';

/**
 * Makes a folder and those above it that lack; each one made gets the attributes, as Ansible does. Prints the paths of
 * those it made, each with a NUL at its end.
 */
export function applyDirectory({ path, attributes }: ChangeOf<'directory'>, runner: Runner): Promise<Applied> {
  const above = parents(path).map(
    (folder) => sh`{ [ -d ${folder} ] || { ${make(folder)} && ${inOrder(attributeSteps(folder, attributes))}; }; }`,
  );
  const last = sh`{ [ -d ${path} ] || { ${make(path)}; }; } && ${inOrder(attributeSteps(path, attributes))}`;
  return runner.script(join([...above, last], ' && '));
}

function make(folder: string): Script {
  return sh`mkdir -- ${folder} && printf '%s\0' ${folder}`;
}

/** Folders above a path, outermost first, without the root. */
function parents(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const root = path.startsWith('/') ? '/' : '';
  return names.slice(0, -1).map((_, index) => root + names.slice(0, index + 1).join('/'));
}
