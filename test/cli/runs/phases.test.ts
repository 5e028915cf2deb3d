import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Answer, run } from '../../lab/run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-phases-'));
  writeFileSync(
    join(folder, 'play.yml'),
    `- hosts: all
  gather_facts: false
  tasks:
    - phase: one
      block: [{name: First, command: 'true'}]
    - phase:
        name: two
        needs: [one]
        fix: [{name: Mend, shell: 'until [ -e ${folder}/go ]; do sleep 0.05; done; touch ${folder}/there'}]
      block:
        - {name: Before, command: 'true'}
        - {name: Look, stat: {path: ${folder}/there}, register: it, failed_when: not it.stat.exists}
    - {name: After, command: 'true'}
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = join(process.cwd(), 'dist', 'tsplay.js');
const env = () => ({ ...process.env, TSPLAY_STATE_DIR: join(folder, 'state') });
const tsplay = (...args: string[]): Promise<Answer> => run(process.execPath, [program, ...args], '', env());
const started = () => ['run', join(folder, 'play.yml'), '-i', 'a,', '-c', 'local'];
const banners = ({ stdout }: Answer) => [...stdout.matchAll(/^(?:PHASE|TASK) \[(.*)\]/gm)].map(([, name]) => name);
const letGo = () => writeFileSync(join(folder, 'go'), '');

/** Runs until the task of this name begins, then sends a signal; gives what it said at last. */
function signalled(
  signal: NodeJS.Signals,
  task: string,
  ...args: string[]
): Promise<{ child: ChildProcess; stderr: string }> {
  const child = spawn(process.execPath, [program, ...started(), ...args], { env: env() });
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = stdout.includes(`TASK [${task}]`);
    stdout += text;
    if (before || !stdout.includes(`TASK [${task}]`)) return;
    child.kill(signal);
    if (signal === 'SIGINT') letGo();
  });
  return new Promise((resolve) => child.on('close', () => resolve({ child, stderr })));
}

test('a phase that failed is mended when the run goes on', async () => {
  expect(await tsplay(...started())).toMatchObject({ code: 2 });
  letGo();
  const resumed = await tsplay('resume', '--auto-fix');
  expect(resumed).toMatchObject({ code: 0 });
  expect(banners(resumed)).toEqual(['two', 'Look', 'Mend', 'Before', 'Look', 'After']);
});

test('a phase that failed looks again when the run goes on, and repeats nothing that changed something', async () => {
  const tasks = [
    `{name: Change, shell: 'echo x >>${folder}/changed'}`,
    `{name: Ask, command: 'ls ${folder}', register: seen, changed_when: false}`,
    `{name: Conclude, assert: {that: "'mended' in seen.stdout"}}`,
  ];
  writeFileSync(
    join(folder, 'play.yml'),
    `- {hosts: all, gather_facts: false, tasks: [{phase: one, block: [${tasks.join(', ')}]}]}\n`,
  );
  expect(await tsplay(...started())).toMatchObject({ code: 2 });
  writeFileSync(join(folder, 'mended'), '');
  const resumed = await tsplay('resume');
  expect(resumed).toMatchObject({ code: 0 });
  expect(banners(resumed)).toEqual(['one', 'Ask', 'Conclude']);
  expect(readFileSync(join(folder, 'changed'), 'utf8')).toBe('x\n');
});

test('a phase that failed is left out when the run goes on', async () => {
  expect(await tsplay(...started())).toMatchObject({ code: 2 });
  const resumed = await tsplay('resume', '--skip-phase', 'two');
  expect(resumed).toMatchObject({ code: 0 });
  expect(banners(resumed)).toEqual(['two', 'After']);
  expect(JSON.parse((await tsplay('status', '--json')).stdout).phase_status).toEqual({
    one: 'completed',
    two: 'skipped',
  });
});

test('a run that was killed while it mended goes on with that', async () => {
  const { child } = await signalled('SIGKILL', 'Mend', '--auto-fix');
  expect(child.signalCode).toBe('SIGKILL');
  const { phase_status } = JSON.parse((await tsplay('status', '--json')).stdout);
  expect(phase_status).toEqual({ one: 'completed', two: 'in_progress' });
  letGo();
  const resumed = await tsplay('resume', '--assume', 'redo');
  expect(resumed).toMatchObject({ code: 0 });
  expect(banners(resumed)).toEqual(['two', 'Mend', 'Before', 'Look', 'After']);
});

test('an interrupted run says how to go on, as its last words', async () => {
  const { child, stderr } = await signalled('SIGINT', 'Mend', '--auto-fix');
  expect(child.exitCode).toBe(99);
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  expect(last).toMatch(/^go on with: tsplay resume \d{8}-\d{6}-[0-9a-f]{4}$/);
  const resumed = await tsplay(...last.split(' ').slice(4));
  expect(resumed).toMatchObject({ code: 0 });
  expect(banners(resumed)).toEqual(['two', 'Before', 'Look', 'After']);
});
