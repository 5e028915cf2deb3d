import { Script } from '../../model/script.ts';
import { join, quote, sh } from '../../remote/quote.ts';
import { printfWord } from '../../remote/shell/printf.ts';
import { type Interpreter, programsOf } from './interpreter.ts';

/** Said by the host where it has no such interpreter. */
export const NO_INTERPRETER = 'tsplay: no such interpreter';

/** Makes the folder of one run, for its user alone. */
export function makeFolder(folder: string): Script {
  return sh`mkdir -m 700 -- ${folder}`;
}

/**
 * Writes a file that its owner alone may use. The bytes stand in the text that our shell reads, so that no process has
 * them in its list of arguments.
 */
export function fill(path: string, bytes: Buffer): Script {
  return sh`( umask 077; set -C; printf %b ${new Script(printfWord(bytes))} >${path} )`;
}

/** Steps of which each needs the one before; the last is followed by the program only if all went well. */
export function allOf(steps: readonly Script[]): Script {
  return sh`{ ${join([...steps, new Script(':')], ' && ')}; } || exit 1`;
}

/**
 * Words of a command that runs a program, and removes the folder that it came in, however it ends.
 *
 * @param folder - of this run alone
 * @param words - the program's path and its arguments
 */
export function runAndRemove(folder: string, interpreter: Interpreter | undefined, words: readonly string[]): string[] {
  const remove = `trap 'rm -rf -- "$0"' EXIT; trap 'exit 143' HUP INT TERM`;
  if (interpreter === undefined) return ['/bin/sh', '-c', `${remove}; chmod 700 -- "$1"; "$@"`, folder, ...words];
  if (interpreter === 'any-python') {
    return ['/bin/sh', '-c', `${remove}; ${findPython()}; "$p" "$@"`, folder, ...words];
  }
  const needed = programsOf(interpreter).map(quote).join(' ');
  const known = `for p in ${needed}; do command -v -- "$p" >/dev/null 2>&1 || { printf %s ${quote(NO_INTERPRETER)} >&2; exit 127; }; done`;
  return ['/bin/sh', '-c', `${remove}; ${known}; "$@"`, folder, ...interpreter, ...words];
}

const PYTHONS = ['/usr/bin/python3', 'python3', '/usr/libexec/platform-python', 'python'];

function findPython(): string {
  return `for p in ${PYTHONS.join(' ')} ''; do command -v "$p" >/dev/null 2>&1 && break; done; [ -n "$p" ] || { printf '%s' ${quote(NO_INTERPRETER)} >&2; exit 127; }`;
}
