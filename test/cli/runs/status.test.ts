import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, run } from '../../lab/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsplay-status-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = join(process.cwd(), 'dist', 'tsplay.js');
const tsplay = (...args: string[]): Promise<Answer> =>
  run(process.execPath, [program, ...args], '', { ...process.env, TSPLAY_STATE_DIR: join(folder, 'state') });

const path = join(folder, 'play.yml');
beforeAll(async () => {
  writeFileSync(
    path,
    `- hosts: all
  gather_facts: false
  tasks:
    - {phase: {name: first, purpose: To begin}, block: [{command: 'true'}]}
    - phase: {name: second, needs: [first]}
      block: [{stat: {path: ${folder}/there}, register: it, failed_when: not it.stat.exists}]
    - {phase: third, block: [{command: 'true'}]}
`,
  );
  expect((await tsplay('run', path, '-i', 'a,', '-c', 'local')).code).toBe(2);
});

test('the state of a failed run, for people and for scripts; then of the run that went on', async () => {
  const { stdout } = await tsplay('status');
  expect(stdout).toMatch(/failed after .*exit code 2\n/);
  expect(stdout).toMatch(/ first +completed .* To begin\n/);
  expect(stdout).toMatch(/ second +failed /);
  expect(stdout).toMatch(/ {4}a: stat: /);
  expect(stdout).toMatch(/ third +not started/);
  expect(stdout).toMatch(/go on with: tsplay resume \d{8}-\d{6}-[0-9a-f]{4}\n$/);
  expect(JSON.parse((await tsplay('status', '--json')).stdout)).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    current_phase: 'second',
    completed_phases: 1,
    failed_phases: 1,
    total_phases: 3,
    phase_status: { first: 'completed', second: 'failed', third: 'not_started' },
    phase_errors: { first: '', second: expect.stringContaining('a: stat: '), third: '' },
  });
  writeFileSync(join(folder, 'there'), '');
  const resumed = await tsplay('resume');
  expect(resumed).toMatchObject({ code: 0 });
  expect(resumed.stdout).not.toContain('PHASE [first]');
  expect(JSON.parse((await tsplay('status', '--json', '--watch')).stdout)).toMatchObject({
    current_phase: null,
    completed_phases: 3,
    phase_errors: { first: '', second: '', third: '' },
  });
});

test('no run, and a run that is not there', async () => {
  expect(await tsplay('status', '19990101')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('there is no run'),
  });
  expect(await tsplay('status', 'a', 'b')).toMatchObject({ code: 5, stderr: expect.stringContaining('give one run') });
});
