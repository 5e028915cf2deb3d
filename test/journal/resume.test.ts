import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { builtProgram } from '../lab/program.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

const PROGRAM = builtProgram();

let folder: string;
let site: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'resume-'));
  site = join(folder, 'site.yml');
});

afterEach(() => rmSync(folder, { recursive: true }));

const INVENTORY = ['-i', 'a,b,', '-c', 'local'];

function write(tasks: string, head = ''): void {
  writeFileSync(site, `- hosts: all\n  gather_facts: false\n${head}  vars: {d: ${folder}}\n  tasks:\n${tasks}`);
}

const run = (...more: string[]) => tsplay('run', site, ...INVENTORY, ...more);

const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').sort();

/** Runs until a file is there, and kills it then. */
async function killedAt(mark: string): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, 'run', site, ...INVENTORY], { stdio: 'ignore', env: process.env });
  const closed = once(child, 'close');
  for (;;) {
    if (existsSync(join(folder, mark))) break;
    await new Promise((turn) => setImmediate(turn));
  }
  child.kill('SIGKILL');
  await closed;
}

test('goes on at the task that failed, with what was registered, set, added and notified before', async () => {
  const head = '  handlers:\n    - name: told\n      shell: echo {{ inventory_hostname }} >> {{ d }}/handled\n';
  write(
    `    - shell: echo {{ inventory_hostname }} >> {{ d }}/once; date +%N
      register: moment
      notify: told
    - set_fact: {chosen: "{{ 1000000000 | random }}"}
    - copy: {content: "{{ chosen }} {{ moment.stdout }}", dest: "{{ d }}/first-{{ inventory_hostname }}"}
    - add_host: {name: late, groups: added}
    - command: test -e {{ d }}/mended
    - copy: {content: "{{ chosen }} {{ moment.stdout }}", dest: "{{ d }}/second-{{ inventory_hostname }}"}
    - debug: {msg: "{{ groups.added }}"}
`,
    head,
  );
  expect((await run()).code).toBe(2);
  writeFileSync(join(folder, 'mended'), '');
  const { code, stdout } = await tsplay('resume');
  expect({ code, recap: recap(stdout) }).toMatchObject({ code: 0, recap: { a: { ok: 8, failed: 0 }, b: { ok: 7 } } });
  expect(stdout).toContain('"late"');
  expect({ once: lines('once'), handled: lines('handled') }).toEqual({ once: ['a', 'b'], handled: ['a', 'b'] });
  for (const host of ['a', 'b']) expect(lines(`second-${host}`)).toEqual(lines(`first-${host}`));
});

test('goes on in the middle of a loop, a block that was rescued, an include and a second batch', async () => {
  writeFileSync(join(folder, 'more.yml'), '- shell: echo {{ inventory_hostname }}-{{ n }} >> {{ d }}/included\n');
  write(
    `    - block:
        - shell: echo {{ inventory_hostname }} >> {{ d }}/tried; exit 1
      rescue:
        - shell: echo {{ inventory_hostname }} >> {{ d }}/rescued
    - include_tasks: more.yml
      loop: [1, 2]
      loop_control: {loop_var: n}
    - shell: "echo {{ inventory_hostname }}-{{ item }} >> {{ d }}/items; [ {{ item }} != 2 ] || [ -e {{ d }}/mended ]"
      loop: [1, 2, 3]
`,
    '  serial: 1\n',
  );
  expect((await run()).code).toBe(2);
  writeFileSync(join(folder, 'mended'), '');
  expect((await tsplay('resume')).code).toBe(0);
  expect(lines('tried')).toEqual(['a', 'b']);
  expect(lines('rescued')).toEqual(['a', 'b']);
  expect(lines('included')).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
  // Ansible goes through a loop to its end: what failed in it is done again, the rest is not.
  expect(lines('items')).toEqual(['a-1', 'a-2', 'a-2', 'a-3', 'b-1', 'b-2', 'b-3']);
});

test('begins a block anew that was cleaned up when it failed, and leaves what was before it', async () => {
  write(`    - shell: echo {{ inventory_hostname }} >> {{ d }}/before
    - block:
        - shell: echo {{ inventory_hostname }}-{{ item }} >> {{ d }}/prepared
          loop: [1, 2]
        - command: test -e {{ d }}/mended
      rescue:
        - shell: echo {{ inventory_hostname }} >> {{ d }}/cleaned
        - fail: {msg: given up}
    - shell: echo {{ inventory_hostname }} >> {{ d }}/after
`);
  expect((await run()).code).toBe(2);
  writeFileSync(join(folder, 'mended'), '');
  expect((await tsplay('resume')).code).toBe(0);
  expect({ before: lines('before'), cleaned: lines('cleaned'), after: lines('after') }).toEqual({
    before: ['a', 'b'],
    cleaned: ['a', 'b'],
    after: ['a', 'b'],
  });
  expect(lines('prepared')).toEqual(['a-1', 'a-1', 'a-2', 'a-2', 'b-1', 'b-1', 'b-2', 'b-2']);
});

test.each([
  ['assert', 'assert: {that: verdict == "good"}'],
  ['fail', 'fail: {}\n      when: verdict != "good"'],
])('looks again at what %s judged, and repeats nothing else', async (_, judgement) => {
  write(`    - shell: echo x >> {{ d }}/asked; test -e {{ d }}/mended && echo good
      register: looked
      ignore_errors: true
      changed_when: false
    - shell: echo x >> {{ d }}/others
      register: other
      changed_when: false
    - shell: echo x >> {{ d }}/changes; echo good
      register: changed
    - set_fact: {drawn: "{{ 1000000000 | random }}"}
    - copy: {content: "{{ drawn }}", dest: "{{ d }}/drawn-{{ inventory_hostname }}"}
    - set_fact: {seen: "{{ looked.stdout }}"}
    - ${judgement}
      vars: {verdict: "{{ seen if changed.stdout == 'good' else '' }}"}
    - copy: {content: "{{ drawn }}", dest: "{{ d }}/drawn-{{ inventory_hostname }}"}
      register: same
      failed_when: same is changed
`);
  expect((await run()).code).toBe(2);
  expect((await tsplay('resume')).code).toBe(2);
  writeFileSync(join(folder, 'mended'), '');
  expect(await tsplay('resume')).toMatchObject({ code: 0 });
  expect([lines('asked').length, lines('others').length, lines('changes').length]).toEqual([6, 2, 2]);
});

test('asks about a command that was cut off, and does as it is told', async () => {
  write(
    '    - name: Cut\n      shell: echo x >> {{ d }}/cut; touch {{ d }}/in; while [ ! -e {{ d }}/go ]; do sleep 0.1; done\n',
  );
  await killedAt('in');
  writeFileSync(join(folder, 'go'), '');
  expect(await tsplay('resume')).toMatchObject({
    code: 5,
    stderr: expect.stringMatching(/unknown[\s\S]*site\.yml:5:7: "Cut" on a\n[\s\S]*--assume redo/),
  });
  expect(await tsplay('resume', '--assume', 'done')).toMatchObject({ code: 0 });
  expect(lines('cut')).toEqual(['x', 'x']);
});

test('runs a command again whose `creates` says that it did not do its work', async () => {
  write(
    '    - shell: touch {{ d }}/in; while [ ! -e {{ d }}/go ]; do sleep 0.1; done; touch {{ d }}/made-{{ inventory_hostname }}\n      args: {creates: "{{ d }}/made-{{ inventory_hostname }}"}\n',
  );
  await killedAt('in');
  writeFileSync(join(folder, 'go'), '');
  expect(await tsplay('resume')).toMatchObject({ code: 0 });
});

test('takes a mended playbook, and says what changed', async () => {
  write('    - shell: echo x >> {{ d }}/once\n    - command: test -e /nowhere\n');
  expect((await run()).code).toBe(2);
  write('    - debug: {msg: new}\n    - shell: echo x >> {{ d }}/once\n    - command: test -e /\n');
  const { code, stderr } = await tsplay('resume');
  expect({ code, said: /is not as it was \(changed: \S*site\.yml\)/.test(stderr) }).toEqual({ code: 0, said: true });
  expect(lines('once')).toEqual(['x', 'x']);
});

test('hides what the run had to hide before, though it does not read it again', async () => {
  const [secret, password] = ['cat-and-canary', join(folder, 'password')];
  writeFileSync(password, 'open sesame');
  const encrypted = await tsplay(
    'vault',
    'encrypt_string',
    secret,
    '--name',
    'token',
    '--vault-password-file',
    password,
  );
  writeFileSync(join(folder, 'secrets.yml'), encrypted.stdout);
  write(
    `    - command: echo {{ token }}
      register: said
    - command: test -e {{ d }}/mended
    - debug: {var: said.stdout}
`,
    `  vars_files: [${join(folder, 'secrets.yml')}]\n`,
  );
  const first = await run('--vault-password-file', password, '-v');
  writeFileSync(join(folder, 'mended'), '');
  const second = await tsplay('resume');
  expect({ first: first.code, second: second.code }).toEqual({ first: 2, second: 0 });
  expect(second.stdout).toContain('********');
  expect(first.stdout + first.stderr + second.stdout + second.stderr).not.toContain(secret);
});

test('has nothing to do after a run that ended well', async () => {
  write('    - debug: {msg: hi}\n');
  await run();
  expect(await tsplay('run', site, ...INVENTORY, '--resume')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('no unfinished run of this command line'),
  });
});
