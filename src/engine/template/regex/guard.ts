import { createContext, Script } from 'node:vm';
import { fail } from '../values/fail.ts';

/** How long a risky regular expression may take, in milliseconds. */
const TIMEOUT = 2_000;

interface Box {
  job: (() => unknown) | undefined;
}

let runner: { readonly box: Box; readonly run: () => unknown } | undefined;

/**
 * Runs `job` and ends it after two seconds, also in the middle of a regular expression: only a vm's timer can stop
 * the JavaScript engine there. The script that runs is a constant; no text becomes code.
 */
export function guarded<T>(job: () => T, pattern: string): T {
  const { box, run } = (runner ??= makeRunner());
  const outer = box.job;
  box.job = job;
  try {
    return run() as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return fail(`regular expression '${pattern}' took longer than ${TIMEOUT / 1000} seconds`, 'simplify the pattern');
  } finally {
    box.job = outer;
  }
}

function makeRunner(): { readonly box: Box; readonly run: () => unknown } {
  const box: Box = { job: undefined };
  const context = createContext(box);
  const script = new Script('job()');
  return { box, run: () => script.runInContext(context, { timeout: TIMEOUT }) };
}
