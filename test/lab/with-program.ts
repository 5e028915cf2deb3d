import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

/**
 * A group of tests that run a program of this machine. Where there is none they are skipped and a line says so; with
 * TSPLAY_REQUIRE_LAB=1 that is a failure.
 */
export function describeWith(program: string, title: string, body: () => void): void {
  if (isThere(program)) {
    describe(title, body);
    return;
  }
  if (process.env['TSPLAY_REQUIRE_LAB'] === '1') throw new Error(`"${title}" must run, and there is no ${program}`);
  process.stderr.write(`SKIPPED on this machine: all tests of "${title}" (there is no ${program})\n`);
  describe.skip(title, body);
}

function isThere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
