import { TsplayError } from '../model/errors.ts';
import { Script } from '../model/script.ts';
import { join } from './quote.ts';
import type { Runner } from './runner.ts';

const VARIABLE = /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g;

/** Sets `$_x` to what the shell exports, a line for each: bash says `declare -x` unless it is called `sh`. */
const EXPORTED = new Script(`_n='\n'; _x="$_n$(export -p)"`);

/**
 * `~`, `~user` and `$NAME` as the remote user sees them; what is not in the environment stays as it is written, also
 * where the shell itself has such a variable (`$IFS`). Asks the host only where there is something to expand, and never
 * lets its shell interpret the path.
 */
export async function expandPath(runner: Runner, path: string): Promise<string> {
  const user = /^~([A-Za-z0-9_][A-Za-z0-9_.-]*)?(?=\/|$)/.exec(path);
  const names = [...path.matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? '').filter(isName);
  if (!user && names.length === 0) return path;
  // A name after `~` is one of plain characters, so the shell's own tilde can be used.
  const home = new Script(`eval "printf '%s\\\\0' ${user ? (user[1] ? `~${user[1]}` : '"$HOME"') : "''"}"`);
  const values = names.map(
    (name) =>
      new Script(
        `case $_x in *"$_n"export\\ ${name}=*|*"$_n"declare\\ -x\\ ${name}=*) printf '=%s' "$${name}" ;; esac; printf '\\0'`,
      ),
  );
  const asked = names.length > 0 ? [EXPORTED, ...values] : [];
  const done = await runner.script(join([home, ...asked]));
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
