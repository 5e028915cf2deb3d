import { describe, expect, test } from '@jest/globals';
import type { Keywords, Task } from '../../../src/engine/model/playbook.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import { load, plain, tasksOf } from './fixture.ts';

function taskOf(text: string): Task {
  const body = text.replace(/^/gm, '    ');
  const { plays } = load({ 'site.yml': `- hosts: all\n  tasks:\n${body}\n` });
  return tasksOf(plays[0]!.tasks)[0]!;
}

interface Case {
  readonly task: string;
  readonly action: string;
  readonly args: Record<string, unknown>;
  readonly deferredArgs?: unknown;
  readonly delegate?: string;
}

describe('forms of a task', () => {
  test.each<Case>([
    { task: '- copy: src=a dest=b', action: 'copy', args: { src: 'a', dest: 'b' } },
    { task: '- copy: {src: a, mode: 0644}', action: 'copy', args: { src: 'a', mode: 420 } },
    { task: '- ping:', action: 'ping', args: {} },
    { task: '- ansible.builtin.copy: {src: a}', action: 'copy', args: { src: 'a' } },
    { task: '- ansible.posix.sysctl: {name: a}', action: 'sysctl', args: { name: 'a' } },
    { task: '- command: echo hi chdir=/tmp', action: 'command', args: { _raw_params: 'echo hi', chdir: '/tmp' } },
    { task: '- command: {cmd: echo hi}', action: 'command', args: { _raw_params: 'echo hi' } },
    { task: '- shell: echo "{{ x }}" a=b', action: 'shell', args: { _raw_params: '<echo "{{ x }}" a=b>' } },
    { task: '- shell: |\n    a\n    b', action: 'shell', args: { _raw_params: 'a\nb\n' } },
    {
      task: '- command: pwd\n  args: {chdir: /tmp}',
      action: 'command',
      args: { chdir: '/tmp', _raw_params: 'pwd' },
    },
    { task: '- copy: src=a\n  args: {src: b, dest: c}', action: 'copy', args: { src: 'a', dest: 'c' } },
    { task: '- copy: src=a\n  args: "{{ x }}"', action: 'copy', args: { src: 'a' }, deferredArgs: '<{{ x }}>' },
    { task: '- copy: "{{ x }}"', action: 'copy', args: {}, deferredArgs: '<{{ x }}>' },
    { task: '- action: copy src=a dest=b', action: 'copy', args: { src: 'a', dest: 'b' } },
    { task: '- action: {module: copy, src: a}', action: 'copy', args: { src: 'a' } },
    { task: '- action: {module: copy src=a, dest: b}', action: 'copy', args: { dest: 'b', src: 'a' } },
    { task: '- action: {module: copy, args: {src: a}}', action: 'copy', args: { src: 'a' } },
    { task: '- action: "{{ m }} src=a"', action: '{{ m }}', args: { src: 'a' } },
    {
      task: '- local_action: command uptime',
      action: 'command',
      args: { _raw_params: 'uptime' },
      delegate: 'localhost',
    },
    { task: '- assert: {that: [a == 1, true]}', action: 'assert', args: { that: ['<a == 1>', true] } },
    { task: '- debug: {var: a.b}', action: 'debug', args: { var: '<a.b>' } },
    { task: '- debug: var=a.b', action: 'debug', args: { var: '<a.b>' } },
    { task: '- debug: {var: "{{ a }}"}', action: 'debug', args: { var: '<{{ a }}>' } },
    { task: '- copy: {content: !unsafe "{{ a }}"}', action: 'copy', args: { content: '{{ a }}' } },
    { task: '- set_fact: a=1 b="{{ c }}"', action: 'set_fact', args: { a: '1', b: '<{{ c }}>' } },
    { task: '- meta: flush_handlers', action: 'meta', args: { _raw_params: 'flush_handlers' } },
    { task: '- include_tasks: a.yml', action: 'include_tasks', args: { _raw_params: 'a.yml' } },
    { task: '- include_tasks: {file: a.yml}', action: 'include_tasks', args: { _raw_params: 'a.yml' } },
    { task: '- include_role: {role: a, public: yes}', action: 'include_role', args: { name: 'a', public: true } },
  ])('$task', ({ task, action, args, deferredArgs, delegate }) => {
    const built = taskOf(task);
    expect(built.action).toBe(action);
    expect(plain(built.args as Raw)).toEqual(args);
    expect(plain(built.deferredArgs)).toEqual(deferredArgs);
    expect(built.keywords.delegate_to).toBe(delegate);
  });
});

describe('keywords of a task', () => {
  test.each<[string, Keywords | Record<string, unknown>]>([
    ['name: 5', { name: '5' }],
    ['name: "a {{ b }}"', { name: '<a {{ b }}>' }],
    ['become: "yes"', { become: true }],
    ['become: "{{ b }}"', { become: '<{{ b }}>' }],
    ['when: a', { when: ['<a>'] }],
    ['when: [a, true, b == 1]', { when: ['<a>', true, '<b == 1>'] }],
    ['when:', { when: [] }],
    ['tags: a, b', { tags: ['a', 'b'] }],
    ['tags: "a, {{ b | d(1, 2) }}"', { tags: ['a', '<{{ b | d(1, 2) }}>'] }],
    ['tags: [a, "{{ b }}"]', { tags: ['a', '<{{ b }}>'] }],
    ['notify: a', { notify: ['a'] }],
    ['notify: [a, b]', { notify: ['a', 'b'] }],
    ['port: "22"', { port: 22 }],
    ['retries: "{{ n }}"', { retries: '<{{ n }}>' }],
    ['delay: 0.5', { delay: 0.5 }],
    ['until: r is success', { until: ['<r is success>'] }],
    ['environment: {A: "{{ b }}"}', { environment: [{ A: '<{{ b }}>' }] }],
    ['environment: ["{{ a }}", {B: c}]', { environment: ['<{{ a }}>', { B: 'c' }] }],
    ['loop: [1, 2]', { loop: [1, 2] }],
    ['loop: "{{ a }}"', { loop: '<{{ a }}>' }],
    ['module_defaults: {ansible.builtin.copy: {mode: a}}', { module_defaults: [{ copy: { mode: 'a' } }] }],
    ['register: r', { register: 'r' }],
    ['vars: {a: 1}', { vars: { a: 1 } }],
    ['async: 10', { async: 10 }],
    ['ignore_errors: true\n  diff: maybe', { ignore_errors: true, diff: 'maybe' }],
  ])('%s', (text, expected) => {
    const { keywords } = taskOf(`- ping:\n  ${text}`);
    const found = Object.fromEntries(Object.entries(keywords).map(([name, value]) => [name, plain(value as Raw)]));
    expect(found).toEqual(expected);
  });

  test('loop_control and retry are read part by part', () => {
    const { keywords } = taskOf(
      '- ping:\n  loop: [1]\n  loop_control: {loop_var: x, label: "{{ x.y }}", break_when: x}\n  retry: {times: 3, delay: 1, backoff: exponential, jitter: yes}',
    );
    const { label, break_when, ...rest } = keywords.loop_control!;
    expect([rest, plain(label), plain(break_when)]).toEqual([{ loop_var: 'x' }, '<{{ x.y }}>', ['<x>']]);
    expect(keywords.retry).toEqual({ times: 3, delay: 1, backoff: 'exponential', jitter: true });
  });

  test('with_ keeps its lookup and terms', () => {
    const task = taskOf('- ping:\n  with_dict: "{{ a }}"');
    expect([task.with?.lookup, plain(task.with?.terms)]).toEqual(['dict', '<{{ a }}>']);
  });

  test('apply of an include is read as keywords', () => {
    const task = taskOf('- include_tasks: {file: a.yml, apply: {become: yes, tags: x}}');
    expect(task.apply).toEqual({ become: true, tags: ['x'] });
    expect([...task.args.keys()]).toEqual(['_raw_params']);
  });

  test('positions of task and arguments', () => {
    const task = taskOf('- name: x\n  copy:\n    src: a\n    dest: b');
    const place = ({ line, column }: { line: number; column: number }): string => `${line}:${column}`;
    expect(place(task.position)).toBe('3:7');
    expect([...task.argPositions].map(([name, position]) => `${name} ${place(position)}`)).toEqual([
      'src 5:9',
      'dest 6:9',
    ]);
  });
});
