import { posix } from 'node:path';
import type { Scope } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import { splitCommand } from '../commands/shlex.ts';

/** What runs a script: words of a command, or any Python that the host has. */
export type Interpreter = readonly string[] | 'any-python';

/**
 * The interpreter that the first line of a program names; `ansible_NAME_interpreter` stands in for it. Undefined where
 * there is no such line.
 */
export function interpreterOf(program: Buffer, scope: Scope): Interpreter | undefined {
  const end = program.indexOf('\n');
  const line = program.toString('utf8', 0, end < 0 ? undefined : end);
  if (!line.startsWith('#!')) return undefined;
  const [interpreter, ...options] = splitCommand(line.slice(2).trim());
  if (interpreter === undefined) return undefined;
  const name = posix.basename(interpreter);
  const said = scope.get(`ansible_${name}_interpreter`) ?? null;
  const wanted = said === null ? '' : pyStr(said).trim();
  if (name === 'python' && (wanted === '' || DISCOVERED.test(wanted))) return 'any-python';
  return [wanted === '' ? interpreter : wanted, ...options];
}

/** Programs that must be there for an interpreter to run; `env` finds another. */
export function programsOf([program, ...options]: readonly string[]): string[] {
  if (program === undefined) return [];
  const named = posix.basename(program) === 'env' ? options.find((word) => !/^-|=/.test(word)) : undefined;
  return named === undefined ? [program] : [program, named];
}

const DISCOVERED = /^auto(?:_legacy)?(?:_silent)?$/;
