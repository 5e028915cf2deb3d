import { spawnSync } from 'node:child_process';
import type { Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';

/** Most bytes a command may print; minutes it may take. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const MAX_MINUTES = 10;

export const lookups: Lookups = {
  lines: (terms, _options, { scope: { world } }) =>
    terms.flatMap((term) => splitLines(run(pyStr(term), 'lines', world))),
  pipe: (terms, _options, { scope: { world } }) => terms.map((term) => run(pyStr(term), 'pipe', world).trimEnd()),
};

/** Output of a command of the playbook's author, run on the controller in the playbook's folder. */
function run(command: string, lookup: string, world: { playbookDir: string; env: NodeJS.ProcessEnv }): string {
  const done = spawnSync('/bin/sh', ['-c', command], {
    cwd: world.playbookDir,
    env: world.env,
    maxBuffer: MAX_OUTPUT,
    timeout: MAX_MINUTES * 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = done.stderr?.toString().trim() || done.error?.message;
  if (done.status !== 0) fail(`lookup_plugin.${lookup}(${command}) returned ${done.status ?? done.signal}`, said);
  return done.stdout.toString();
}

/** Lines without their ends; the last one counts only if there is something on it. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
