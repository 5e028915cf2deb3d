import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answer, run } from './on-lab.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, 'dist', 'tsplay.js');

/** Runs the built tsplay as a user does, in a pipe. */
export function tsplay(...args: string[]): Promise<Answer> {
  if (!existsSync(PROGRAM)) throw new Error('dist/ is missing: npm run build');
  return run(process.execPath, [PROGRAM, ...args]);
}

/** The counts of each host in the recap: `{ host1: { ok: 3, changed: 0, ... } }`. */
export function recap(output: string): Record<string, Record<string, number>> {
  const lines =
    output
      .split('PLAY RECAP')
      .at(-1)
      ?.matchAll(/^(\S+)\s+: (.*)$/gm) ?? [];
  return Object.fromEntries(
    [...lines].map(([, host, counts]) => [
      host,
      Object.fromEntries([...(counts ?? '').matchAll(/(\w+)=(\d+)/g)].map(([, name, count]) => [name, Number(count)])),
    ]),
  );
}
