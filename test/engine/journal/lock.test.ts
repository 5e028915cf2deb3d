import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isLocked, releaseLock, takeLock } from '../../../src/engine/journal/lock.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('is held by who took it until it is released', () => {
  takeLock(path);
  expect(isLocked(path)).toBe(true);
  expect(() => takeLock(path)).toThrow(new RegExp(`still going on: process ${process.pid}`));
  releaseLock(path);
  expect(isLocked(path)).toBe(false);
  expect(existsSync(path)).toBe(false);
});

test('is taken over from a process that is dead', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  writeFileSync(path, JSON.stringify({ host: hostname(), pid: child.pid }));
  expect(isLocked(path)).toBe(false);
  takeLock(path);
  expect(readFileSync(path, 'utf8')).toContain(`"pid":${process.pid}`);
});

test('is taken over where another process has the number of the dead one', () => {
  writeFileSync(path, JSON.stringify({ host: hostname(), pid: process.pid, begun: '1' }));
  expect(isLocked(path)).toBe(false);
});

test.each(['', '{', 'null', '{"host":"x","pid":-1}'])('what a crash left (%s) locks nothing', (text) => {
  writeFileSync(path, text);
  expect(isLocked(path)).toBe(false);
});

test('of another machine counts as held', () => {
  writeFileSync(path, JSON.stringify({ host: 'elsewhere', pid: 1 }));
  expect(() => takeLock(path)).toThrow(/elsewhere/);
});
