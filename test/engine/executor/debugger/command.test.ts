import { expect, test } from '@jest/globals';
import { parseCommand } from '../../../../src/engine/executor/debugger/command.ts';

test.each([
  [undefined, { kind: 'quit' }],
  ['', { kind: 'nothing' }],
  ['  r ', { kind: 'redo' }],
  ['continue', { kind: 'continue' }],
  ['EOF', { kind: 'quit' }],
  ['u', { kind: 'update' }],
  ['? p', { kind: 'help', topic: 'p' }],
  ['p task.args', { kind: 'print', expression: 'task.args' }],
  ['pprint result._result', { kind: 'print', expression: 'result._result' }],
  ["task.args['a b'] = 'x'", { kind: 'assign', target: { of: 'task.args', key: "'a b'" }, expression: "'x'" }],
  ['task.args.src="y"', { kind: 'assign', target: { of: 'task.args', key: "'src'" }, expression: '"y"' }],
  ['task.args = {}', { kind: 'assign', target: { of: 'task.args', key: undefined }, expression: '{}' }],
  ["task_vars['n'] = [1] + [2]", { kind: 'assign', target: { of: 'task_vars', key: "'n'" }, expression: '[1] + [2]' }],
  ["del task.args['a']", { kind: 'delete', target: { of: 'task.args', key: "'a'" } }],
  ["task_vars['n'] == 2", { kind: 'evaluate', expression: "task_vars['n'] == 2" }],
  ["task.args.update({'a': 1})", { kind: 'evaluate', expression: "task.args.update({'a': 1})" }],
])('%j', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});
