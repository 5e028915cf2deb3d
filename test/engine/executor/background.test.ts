import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { messages, type Ran, runFiles } from './support.ts';

let jobs: string;

beforeEach(() => {
  jobs = mkdtempSync(join(tmpdir(), 'jobs-'));
});

afterEach(() => rmSync(jobs, { recursive: true, force: true }));

function runTasks(tasks: string, args: readonly string[] = []): Promise<Ran> {
  const play = `- hosts: a\n  gather_facts: false\n  vars: {ansible_async_dir: "${jobs}"}\n  tasks:\n${tasks}`;
  return runFiles({ 'play.yml': play }, args);
}

const task = (module: string, keywords: string) =>
  `    - ${module}\n      async: 20\n      ${keywords}\n      register: it\n`;
const show = (text: string) => `    - debug: {msg: "${text}"}\n`;
const collect = `    - async_status: {jid: "{{ it.ansible_job_id }}"}
      register: done
      until: done is finished
      delay: 0
      retries: 1000
      failed_when: false
`;

describe('a task that is waited for', () => {
  test.each([
    ['a command', 'shell: echo out; echo err >&2', '{{ it.stdout }} {{ it.stderr }} {{ it.rc }}', 'out err 0'],
    [
      'an end of lines',
      String.raw`shell: printf 'a"b\\\t\r\n\n'`,
      '{{ [it.stdout, it.stdout_lines] }}',
      "['a\"b\\\\\\t', ['a\"b\\\\\\t']]",
    ],
    ['bytes that JSON escapes', String.raw`shell: printf '\001\033[0m'`, '{{ it.stdout | length }}', '5'],
    ['its input', 'command: cat\n      args: {stdin: "{{ \'x\' * 100000 }}"}', '{{ it.stdout | length }}', '100000'],
    [
      'what other modules do',
      'find: {paths: /, patterns: etc, file_type: directory}',
      '{{ it.files[0].path }}',
      '/etc',
    ],
  ])('gives %s, and its job', async (_name, module, text, expected) => {
    const ran = await runTasks(task(module, 'poll: 1') + show(text) + show('{{ it.finished }} {{ it is finished }}'));
    expect(messages(ran)).toEqual([`a: ${expected}`, 'a: 1 True']);
    expect(readdirSync(jobs)).toEqual([]);
  });

  test.each([
    ['a command that fails', 'shell: exit 3', 'non-zero return code', 3],
    ['a program that is not there', 'command: /nosuch', "[Errno 2] No such file or directory: b'/nosuch'", 2],
  ])('fails as in the foreground: %s', async (_name, module, msg, rc) => {
    const ran = await runTasks(task(module, 'poll: 1'));
    expect(ran.code).toBe(2);
    const failed = ran.events.find((event) => event.type === 'host-result');
    expect(Object.fromEntries(failed?.result ?? [])).toMatchObject({ msg, rc, finished: 1 });
  });

  test('tells how it ended', async () => {
    const { lines } = await runTasks(task('command: "true"', 'poll: 1'));
    expect(lines.filter((line) => line.startsWith('ASYNC'))).toEqual([
      expect.stringMatching(/^ASYNC OK on a: jid=j\d+\.\d+$/),
    ]);
  });

  test('fails when it takes longer than it may', async () => {
    const ran = await runTasks('    - command: sleep 30\n      async: 1\n      poll: 1\n');
    const lines = ran.lines.filter((line) => /^ASYNC|^fatal/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/^ASYNC POLL on a: jid=\S+ started=1 finished=0$/),
      expect.stringMatching(/^ASYNC FAILED on a/),
      expect.stringContaining('async task did not complete within the requested time - 1s'),
    ]);
  });
});

describe('a task that is not waited for', () => {
  test.each([
    ['command', 'command: echo hi', '{{ done.stdout }}', 'hi'],
    ['another module', 'stat: {path: /}', '{{ done.stat.isdir }}', 'True'],
    ['a command that need not run', 'command: echo hi\n      args: {creates: /etc}', '{{ done.rc }}', '0'],
    ['a failure', 'shell: exit 4', '{{ done.rc }} {{ done.msg }}', '4 non-zero return code'],
  ])('%s', async (_name, module, text, expected) => {
    const started = show(
      '{{ it.started }}{{ it.finished }} {{ it is started }} {{ it is finished }} {{ it is changed }}',
    );
    const ran = await runTasks(task(module, 'poll: 0') + started + collect + show(text));
    expect(messages(ran)).toEqual(['a: 10 True False True', `a: ${expected}`]);
  });

  test('is forgotten by a clean-up', async () => {
    const clean = '    - async_status: {jid: "{{ it.ansible_job_id }}", mode: cleanup}\n';
    const ran = await runTasks(
      task('command: "true"', 'poll: 0') +
        collect +
        clean +
        collect.replace('until: done is finished', '') +
        show('{{ done.msg }}'),
    );
    expect(messages(ran)).toEqual(['a: could not find job']);
    expect(readdirSync(jobs)).toEqual([]);
  });

  test('changes nothing in check mode, and can be asked for', async () => {
    const ran = await runTasks(task(`command: touch ${jobs}/made`, 'poll: 0') + collect + show('{{ done.finished }}'), [
      '--check',
    ]);
    expect(messages(ran)).toEqual(['a: 1']);
    expect(existsSync(`${jobs}/made`)).toBe(false);
  });

  test('is waited for at the end of the run where the controller does it, and a failure is told', async () => {
    const ran = await runTasks(task('slurp: {src: /nosuch}', 'poll: 0'));
    expect(ran.code).toBe(0);
    const warnings = ran.events.flatMap((event) => (event.type === 'warning' ? event.message : []));
    expect(warnings).toContainEqual(expect.stringMatching(/no task asked: slurp on a: file not found: \/nosuch/));
  });
});

test.each(['copy: {content: x, dest: /x}', 'debug: {msg: x}', 'raw: "true"'])(
  '%s cannot go to the background',
  async (module) => {
    const { lines } = await runTasks(task(module, 'poll: 0'));
    expect(lines).toContainEqual(expect.stringMatching(/This action \((copy|debug|raw)\) does not support async\./));
  },
);
