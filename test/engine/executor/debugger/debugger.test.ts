import { expect, test } from '@jest/globals';
import { messages, runFiles } from '../support.ts';

const play = (tasks: string, more = '') =>
  `- hosts: a\n  gather_facts: false\n  ${more}\n  vars: {good: fine}\n  tasks:\n${tasks}`;

/** What is said at the prompt, with `typed` as the lines of its input. */
async function session(text: string, typed: readonly string[], args: readonly string[] = []) {
  const ran = await runFiles({ 'play.yml': text }, args, typed);
  return { ...ran, messages: messages(ran) };
}

const failing = '    - name: it\n      debug: {msg: "{{ bad }}"}\n    - debug: {msg: end}\n';

test.each([
  ['an argument that is set', ["task.args['msg'] = '{{ good }}'", 'redo'], ['a: fine', 'a: end']],
  ['a variable that is set', ["task_vars['bad'] = [1, 2]", 'r'], ['a: [1, 2]', 'a: end']],
  [
    'arguments as they were',
    ["task.args['msg'] = 'x'", "task_vars['bad'] = 3", 'update_task', 'r'],
    ['a: 3', 'a: end'],
  ],
  ['all arguments', ["task.args = {'msg': 'other'}", 'r'], ['a: other', 'a: end']],
  ['a dict method', ["task.args.update({'msg': 'new'})", 'r'], ['a: new', 'a: end']],
  ['a second look', ['r', "task.args['msg'] = 'at last'", 'r'], ['a: at last', 'a: end']],
])('a task is run again with %s', async (_name, typed, expected) => {
  const ran = await session(play(failing, 'strategy: debug'), typed);
  expect(ran.messages).toEqual(expected);
  expect(ran.code).toBe(0);
  expect(ran.recap.get('a')).toMatchObject({ ok: 2, failed: 0 });
});

test.each([
  ['p task', 'TASK: it'],
  ['p host', 'a'],
  ['p task.args', "{'msg': '{{ bad }}'}"],
  ["p task_vars['good']", "'fine'"],
  ['p result._result.failed', 'True'],
  ['good | upper', "'FINE'"],
  ['p nothing.here', "***'nothing' is undefined"],
  ['p (', "***expected an expression, got the end of the template in '('"],
  ["del task.args['no']", '***there is no no in task.args that could be deleted'],
])('%s says %s', async (line, said) => {
  const { spoken } = await session(play(failing, 'debugger: on_failed'), [line, 'c']);
  expect(spoken).toEqual([said]);
});

test.each([
  ['on_failed', '      command: "false"\n', true],
  ['on_failed', '      command: "true"\n', false],
  ['on_failed', '      command: "false"\n      ignore_errors: true\n', false],
  ['on_skipped', '      command: "true"\n      when: false\n', true],
  ['always', '      command: "true"\n', true],
  ['never', '      command: "false"\n', false],
  ['on_unreachable', '      command: "false"\n', false],
])('debugger: %s of a task with %s', async (when, task, asked) => {
  const { questions } = await session(play(`    - name: it\n${task}      debugger: ${when}\n`), ['c']);
  expect(questions).toEqual(asked ? ['[a] TASK: it (debug)> '] : []);
});

test.each([['quit'], [undefined]])('%s ends the run', async (line) => {
  const ran = await session(play(failing, 'strategy: debug'), line === undefined ? [] : [line]);
  expect(ran.code).toBe(99);
  expect(ran.messages).toEqual([]);
  expect(ran.spoken).toEqual(['User interrupted execution']);
});

test('what run_once does again counts for all', async () => {
  const task =
    '    - assert: {that: "1 == 2"}\n      run_once: true\n      debugger: on_failed\n    - debug: {msg: end}\n';
  const ran = await session(play(task).replace('hosts: a', 'hosts: a,b'), ["task.args['that'] = '1 == 1'", 'r']);
  expect(ran.messages).toEqual(['a: end', 'b: end']);
});
