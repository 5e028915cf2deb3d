import { spawnSync } from 'node:child_process';
import { fail } from '../values.ts';

const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs a script of asynchronous code in a Node of its own and waits for its answer: lookups are synchronous, networks are not.
 * `input` travels on standard input, as it may hold secrets. The script reads `input` and gives its answer to `answer(text)`.
 * @param seconds how long it may take
 * @param certificates file of authorities to trust beside Node's own
 */
export function runChild(script: string, input: object, seconds: number, what: string, certificates?: string): string {
  const source = `const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const answer = (text) => process.stdout.write(text);
(async () => {${script}})().catch((error) => { process.stderr.write(String(error.cause?.message ?? error.message)); process.exitCode = 1; });`;
  const done = spawnSync(process.execPath, ['-e', source], {
    input: JSON.stringify(input),
    maxBuffer: MAX_OUTPUT,
    timeout: (seconds + 5) * 1000,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_NO_WARNINGS: '1',
      ...(certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {}),
    },
  });
  if (done.status === 0) return done.stdout.toString();
  return fail(`${what}: ${done.stderr?.toString().trim() || done.error?.message || `ended by ${done.signal}`}`);
}
