import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';

/**
 * Runs a command. All of them, also those of modules, get pipes of their own: what they start (a service, a package's
 * script) may keep its output open and must not reach a later task.
 */
export function applyRun(change: ChangeOf<'run'>, runner: Runner): Promise<Applied> {
  const { script, program, stdin, timeout } = change;
  return runner.command(script, change.isolated ?? false, { program, stdin, timeout });
}
