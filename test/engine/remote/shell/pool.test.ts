import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openLocal } from '../../../../src/engine/remote/connections/local.ts';
import type { Transport } from '../../../../src/engine/remote/connections/transport.ts';
import { ShellPool } from '../../../../src/engine/remote/shell/pool.ts';
import { LOCAL } from '../local-settings.ts';

let folder: string;
let local: Transport;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pool-'));
  local = openLocal(folder);
});

afterEach(async () => {
  jest.useRealTimers();
  await local.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A frame that ends once `file`, a pipe in the folder, is written to. */
function reading(file: string): (sequence: number) => string {
  execFileSync('mkfifo', [join(folder, file)]);
  return (sequence) => `read line <${file}; printf %s "$line"; _e ${sequence} $?`;
}

test('what follows a frame that was overdue is not ended in its stead, however long the second shell takes', async () => {
  let openGate = () => {};
  const gate = new Promise<void>((resolve) => {
    openGate = resolve;
  });
  let started = 0;
  const transport: Transport = {
    ...local,
    start: async (command) => {
      started += 1;
      if (started === 2) await gate;
      return local.start(command);
    },
  };
  const pool = new ShellPool(transport, LOCAL);
  const shell = await pool.get(undefined);

  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
  const overdue = shell.frame(reading('first'), { timeout: 10 });
  const next = shell.frame(reading('second'));
  jest.advanceTimersByTime(10);
  expect(started).toBe(2);
  await writeFile(join(folder, 'first'), 'late\n');
  expect(await overdue).toMatchObject({ timedOut: true });

  jest.advanceTimersByTime(60_000);
  openGate();
  await writeFile(join(folder, 'second'), 'whole\n');
  const done = await next;
  expect([done.timedOut, done.stdout.toString()]).toEqual([undefined, 'whole']);
  jest.useRealTimers();
  await pool.close();
});
