import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logTo } from '../../../src/cli/run/log-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function logged(verbosity: number): Promise<string[]> {
  const path = join(folder, 'log');
  const tell = await logTo({ path, verbosity }, { verbosity: 0, diff: false });
  tell({ type: 'warning', message: 'mind the gap' });
  tell({ type: 'exec', host: 'h', command: 'uptime' });
  tell({ type: 'run-end', recap: new Map(), stats: new Map(), time: 0 });
  tell({ type: 'warning', message: 'too late' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

test.each([
  [0, []],
  [3, [expect.stringMatching(/INFO\| <h> EXEC uptime$/)]],
])('lines carry time, process, user and level; verbosity %d is its own', async (verbosity, more) => {
  expect(await logged(verbosity)).toEqual([
    expect.stringMatching(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} p=\d+ u=\S+ n=ansible WARNING\| \[WARNING\]: mind the gap$/,
    ),
    ...more,
    expect.stringMatching(/INFO\| PLAY RECAP \*+$/),
  ]);
});

test('a folder that is not there is told', async () => {
  await expect(logTo({ path: join(folder, 'no/log'), verbosity: 0 }, { verbosity: 0, diff: false })).rejects.toThrow(
    /cannot write the log file/,
  );
});
