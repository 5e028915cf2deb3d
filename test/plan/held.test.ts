import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PlanDocument } from '../../src/engine/plan/document.ts';
import { builtProgram } from '../lab/program.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

const PROGRAM = builtProgram();

let folder: string;
let site: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'held-'));
  site = join(folder, 'site.yml');
  file = join(folder, 'plan.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(path(name), 'utf8');

function plan(tasks: string, ...args: string[]) {
  const head = `- hosts: all\n  gather_facts: false\n  vars: {d: ${folder}, h: "${folder}/{{ inventory_hostname }}"}\n`;
  writeFileSync(site, `${head}  tasks:\n${tasks}`);
  return tsplay('plan', site, '-i', 'a,b,', '-c', 'local', '-o', file, ...args);
}

const planned = () => JSON.parse(readFileSync(file, 'utf8')) as PlanDocument;

test('the same hosts and content give the same bytes', async () => {
  const tasks =
    '    - copy: {content: x, dest: "{{ h }}"}\n    - shell: date\n      register: now\n    - copy: {content: "{{ now.stdout }}", dest: "{{ h }}2"}\n';
  const first = await plan(tasks, '-e', 'word=secret-word-of-mine');
  const bytes = readFileSync(file, 'utf8');
  expect(await plan(tasks, '-e', 'word=secret-word-of-mine')).toEqual(first);
  expect(readFileSync(file, 'utf8')).toBe(bytes);
  expect(bytes).not.toContain('secret-word-of-mine');
  expect(planned().options.extraVars).toEqual({ word: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(
    (await tsplay('plan', site, '-i', 'a,b,', '-c', 'local', '-e', 'word=secret-word-of-mine', '--json')).stdout,
  ).toBe(bytes);
});

test('a task that would do something else than planned ends the run, whatever forgives failures', async () => {
  await plan(`    - shell: echo by-command > "{{ h }}"; true
    - block:
        - name: Depart
          lineinfile: {path: "{{ h }}", line: planned, create: true}
          ignore_errors: true
      rescue:
        - file: {path: "{{ h }}.rescued", state: touch}
    - file: {path: "{{ h }}.later", state: touch}
`);
  const applied = await tsplay('apply', file);
  expect(applied).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/Depart[\s\S]*FAILED!.*not done, and the run ends here.*another content/),
    stderr: expect.stringMatching(/go on with: tsplay resume (\S+)/),
  });
  for (const name of ['a.rescued', 'a.later']) expect(existsSync(path(name))).toBe(false);
  expect(text('a')).toBe('by-command\n');
  const resume = /tsplay resume (\S+)/.exec(applied.stderr)?.[1] ?? '';
  expect(await tsplay('resume', resume)).toMatchObject({ code: 2 });
  for (const name of ['a', 'b']) rmSync(path(name));
  rmSync(file);
  expect(await tsplay('resume', resume)).toMatchObject({ code: 0 });
  expect([text('a'), existsSync(path('b.later'))]).toEqual(['planned\n', true]);
});

test('what could not be taken back is listed, but not a command that only looks', async () => {
  const { stdout } = await plan(`    - name: Look
      command: no-such-program --version
      changed_when: false
      failed_when: false
    - name: Do
      command: touch "{{ h }}"
    - name: Do and undo
      command: touch "{{ h }}"
      undo: rm "{{ h }}"
`);
  const final = stdout.slice(stdout.indexOf('Could not be taken back'));
  expect([...final.matchAll(/\[([ab]: [^,]+),/g)].map(([, task]) => task)).toEqual(['a: Do', 'b: Do']);
});

test('what somebody did already is not done again', async () => {
  await plan('    - shell: echo one > "{{ h }}"\n    - copy: {content: "one\\n", dest: "{{ h }}"}\n');
  const applied = await tsplay('apply', file);
  expect({ code: applied.code, recap: recap(applied.stdout) }).toMatchObject({
    code: 0,
    recap: { a: { changed: 1, ok: 2 }, b: { changed: 1, ok: 2 } },
  });
});

test('what depends on a command is marked, and free to be done', async () => {
  const said = await plan(`    - name: Ask
      shell: echo new
      register: answer
    - set_fact: {derived: "{{ answer.stdout }}!"}
    - name: Write it
      copy: {content: "{{ derived }}", dest: "{{ h }}"}
      notify: Told
    - name: Only if new
      file: {path: "{{ h }}.new", state: touch}
      when: answer.stdout == 'new'
    - name: Each
      file: {path: "{{ h }}.{{ item }}", state: touch}
      loop: "{{ answer.stdout_lines | default([]) }}"
    - name: More
      include_tasks: more.yml
      when: answer is changed
    - name: Not on any account
      file: {path: "{{ h }}.never", state: touch}
      when: [false, answer is changed]
  handlers:
    - name: Told
      copy: {content: told, dest: "{{ h }}.told"}
`);
  writeFileSync(path('more.yml'), '- copy: {content: more, dest: "{{ h }}.more"}\n');
  expect(said.code).toBe(0);
  expect(said.stdout).toMatch(/28% of 14 tasks known; 10 unknown/);
  const unknown = planned().hosts['a']?.steps.filter(({ status }) => status === 'unknown');
  expect(unknown?.map(({ name, unknown: what }) => [name, what])).toEqual([
    ['Ask', 'outcome'],
    ['Write it', 'all'],
    ['Only if new', 'all'],
    ['Each', 'all'],
    ['More', 'all'],
  ]);
  expect(said.stdout).toMatch(/Handlers that run if a task of unknown outcome changes something:\n {2}Told/);
  expect(await tsplay('apply', file)).toMatchObject({ code: 0 });
  expect(['a', 'a.told', 'a.more'].map(text)).toEqual(['new!', 'told', 'more']);
  expect(existsSync(path('b.new'))).toBe(true);
});

test('what runs in no check is left free, and what runs in none at all is known', async () => {
  const said = await plan(`    - name: Not in checks
      copy: {content: x, dest: "{{ h }}"}
      when: not ansible_check_mode
    - name: In checks alone
      copy: {content: x, dest: "{{ h }}.check"}
      when: ansible_check_mode
    - name: In both
      copy: {content: x, dest: "{{ h }}.both"}
      when: inventory_hostname == 'a' or not ansible_check_mode
`);
  expect(said.stdout).toMatch(/Not in checks.*\n.*its conditions leave it out of checks/);
  const steps = planned().hosts['a']?.steps.map(({ name, status }) => [name, status]);
  expect(steps).toEqual([
    ['Not in checks', 'unknown'],
    ['In checks alone', 'skipped'],
    ['In both', 'changed'],
  ]);
  expect(await tsplay('apply', file)).toMatchObject({ code: 0 });
  expect([existsSync(path('a')), existsSync(path('a.check')), existsSync(path('b.both'))]).toEqual([true, false, true]);
});

test('an apply that was killed goes on under its plan', async () => {
  const marks = Array.from({ length: 6 }, (_, n) => `    - copy: {content: "${n}", dest: "{{ h }}.${n}"}\n`).join('');
  await plan(
    `${marks}    - shell: touch "{{ h }}.mark"; while [ ! -e {{ d }}/go ]; do sleep 0.1; done\n${marks.replaceAll('h }}.', 'h }}-')}`,
  );
  const child = spawn(process.execPath, [PROGRAM, 'apply', file], { stdio: 'ignore', env: process.env });
  const closed = once(child, 'close');
  while (!existsSync(path('a.mark')) || !existsSync(path('b.mark'))) await new Promise((turn) => setTimeout(turn, 50));
  child.kill('SIGKILL');
  await closed;
  writeFileSync(path('go'), '');
  expect(existsSync(path('a-0'))).toBe(false);
  const resumed = await tsplay('resume', '--assume', 'done');
  expect({ code: resumed.code, recap: recap(resumed.stdout) }).toMatchObject({
    code: 0,
    recap: { a: { changed: 13, failed: 0 }, b: { changed: 13, failed: 0 } },
  });
  expect([0, 1, 2, 3, 4, 5].flatMap((n) => [text(`a.${n}`), text(`b-${n}`)])).toEqual(
    [0, 1, 2, 3, 4, 5].flatMap((n) => [`${n}`, `${n}`]),
  );
});

test('no secret stands in a plan, nor a digest that only hashes it', async () => {
  const secret = 'a-secret-that-nobody-sees';
  const hidden = 'hidden-by-no-log';
  mkdirSync(path('templates'));
  writeFileSync(path('templates/t.j2'), 'token={{ token }}\n');
  writeFileSync(path('password'), 'vault-password');
  writeFileSync(path('vars.yml'), `token: ${secret}\n`);
  const encrypted = await tsplay('vault', 'encrypt', path('vars.yml'), '--vault-password-file', path('password'));
  expect(encrypted.code).toBe(0);
  const said = await plan(
    `    - template: {src: t.j2, dest: "{{ h }}"}
    - command: echo {{ token }}
    - file: {path: "{{ h }}-{{ token }}", state: directory}
    - copy: {content: "${hidden}-{{ item }}", dest: "{{ h }}.${hidden}-{{ item }}"}
      loop: [one, two]
      no_log: true
`,
    '-e',
    `@${path('vars.yml')}`,
    '--vault-password-file',
    path('password'),
    '--diff',
  );
  expect(said.code).toBe(0);
  const bytes = readFileSync(file, 'utf8');
  for (const each of [secret, hidden, 'vault-password']) {
    const forms = [each, Buffer.from(each).toString('base64').slice(0, -4), Buffer.from(each).toString('hex')];
    for (const form of forms) expect(bytes + said.stdout).not.toContain(form);
  }
  expect(await tsplay('apply', file)).toMatchObject({ code: 0 });
  expect(text(`b.${hidden}-two`)).toBe(`${hidden}-two`);
});

test('a host that fails is told, and no plan is written', async () => {
  const said = await plan('    - fail: {msg: not here}\n      when: inventory_hostname == "b"\n');
  expect(said).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/b {2}failed: not here/),
    stderr: expect.stringContaining('plan.json is not written'),
  });
  expect(existsSync(file)).toBe(false);
});
