import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { labCommand, labUsage } from '../../src/cli/commands/lab.ts';

const silent = { out: () => {}, err: () => {} };
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tsplay-lab-'));
  process.env['TSPLAY_LAB_DIR'] = home;
});

afterEach(() => {
  delete process.env['TSPLAY_LAB_DIR'];
  rmSync(home, { recursive: true });
});

describe('tsplay lab refuses', () => {
  test.each([
    [[], 'which of its commands'],
    [['nope'], 'there is no "tsplay lab nope"'],
    [['up', '0'], '"0" is no number of hosts'],
    [['up', '2', '3'], 'one number'],
    [['up', '2', '--names', 'a'], 'do not go together'],
    [['up', '--names', 'a,../b'], '"../b" is no name for a host'],
    [['status', '--colour'], "Unknown option '--colour'"],
    [['hosts', '--lab', '../x'], '"../x" is no name for a lab'],
    [['hosts'], 'there is no lab "default"'],
    [['diff'], 'takes one host'],
    [['ssh', '--lab', 'none', 'host1'], 'there is no lab "none"'],
  ])('%j', async (args, message) => {
    await expect(labCommand(args, silent)).rejects.toThrow(message);
  });

  test('a folder that it did not make', async () => {
    mkdirSync(join(home, 'labs', 'mine'), { recursive: true });
    writeFileSync(join(home, 'labs', 'mine', 'lab.json'), '{"subnet": 1, "hosts": []}');
    await expect(labCommand(['hosts', '--lab', 'mine'], silent)).rejects.toThrow('was not made by tsplay lab');
    writeFileSync(join(home, 'labs', 'mine', 'lab.json'), '{');
    await expect(labCommand(['hosts', '--lab', 'mine'], silent)).rejects.toThrow('lab.json is damaged');
  });
});

test('help says what there is', () => {
  for (const command of ['up', 'down', 'reset', 'status', 'hosts', 'ssh', 'diff'])
    expect(labUsage).toContain(`\n  ${command} `);
});
