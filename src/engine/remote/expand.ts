import { TsplayError } from '../model/errors.ts';
import { Script } from '../model/script.ts';
import { join } from './quote.ts';
import type { Runner } from './runner.ts';

const VARIABLE = /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g;

/**
 * `~`, `~user` and `$NAME` as the remote user sees them; what is not known stays as it is written. Asks the host only
 * where there is something to expand, and never lets its shell interpret the path.
 */
export async function expandPath(runner: Runner, path: string): Promise<string> {
  const user = /^~([A-Za-z0-9_][A-Za-z0-9_.-]*)?(?=\/|$)/.exec(path);
  const names = [...path.matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? '').filter(isName);
  if (!user && names.length === 0) return path;
  // A name after `~` is one of plain characters, so the shell's own tilde can be used.
  const home = new Script(`eval "printf '%s\\\\0' ${user ? (user[1] ? `~${user[1]}` : '"$HOME"') : "''"}"`);
  const values = names.map((name) => new Script(`printf '%s%s\\0' "\${${name}+=}" "\${${name}-}"`));
  const done = await runner.script(join([home, ...values]));
  if (done.rc !== 0) throw new TsplayError('module', `cannot expand ${path}: ${done.stderr.toString().trim()}`);
  const answers = done.stdout.toString().split('\0');
  const known = new Map(names.map((name, index) => [name, answers[index + 1] ?? '']));
  const replaced = path.slice(user ? user[0].length : 0).replace(VARIABLE, (whole, plain, braced) => {
    const value = known.get(plain ?? braced);
    return value?.startsWith('=') ? value.slice(1) : whole;
  });
  return `${user ? (answers[0] ?? user[0]) : ''}${replaced}`;
}

function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
