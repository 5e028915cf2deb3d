import { expect, test } from '@jest/globals';
import type { Event } from '../../../../src/engine/model/event.ts';
import { dict, type Value } from '../../../../src/engine/model/value.ts';
import { JsonOutput } from '../../../../src/engine/output/json.ts';
import { redacting } from '../../../../src/engine/output/redact/redact.ts';
import { Secrets } from '../../../../src/engine/output/redact/secrets.ts';
import { hostResult, itemResult, memorySink, playStart, runEnd, task, taskStart } from '../support.ts';

const SECRET = 'hunter2-hunter2';

function shown(events: readonly Event[], secret?: string): string {
  const sink = memorySink();
  const output = new JsonOutput(sink, { lines: true });
  const secrets = new Secrets();
  if (secret) secrets.add(secret);
  const emit = redacting((event) => output.handle(event), secrets);
  for (const event of events) emit(event);
  return sink.written.out;
}

const named = task({ name: `say ${SECRET}` });
const diffs = [
  { before: SECRET, after: dict({ [SECRET]: SECRET }), beforeHeader: SECRET, afterHeader: SECRET, prepared: SECRET },
];
const everywhere = {
  result: { [SECRET]: [SECRET, dict({ a: SECRET })], bytes: Buffer.from(SECRET) },
  diffs,
  changes: [SECRET],
};

const EVENTS: readonly [string, Event][] = [
  ['play-start', playStart([], { name: SECRET })],
  ['task-start', taskStart([], named)],
  ['host-result', hostResult('h', { task: named, ...everywhere })],
  ['item-result', itemResult('h', SECRET, { task: named, ...everywhere })],
  ['retry', { type: 'retry', task: named, host: 'h', left: 1, result: dict({ a: SECRET }), item: SECRET }],
  ['poll', { type: 'poll', state: 'running', task: named, host: 'h', result: dict({ a: SECRET }) }],
  ['included', { type: 'included', taskId: 1, file: `/x/${SECRET}.yml`, hosts: ['h'], item: SECRET }],
  ['handler-notified', { type: 'handler-notified', handler: SECRET, host: 'h' }],
  ['meta', { type: 'meta', message: SECRET }],
  ['warning', { type: 'warning', message: SECRET }],
  ['deprecated', { type: 'deprecated', message: SECRET }],
  ['run-end', runEnd({}, { h: { a: SECRET } })],
];

test.each(EVENTS)('%s shows no secret', (_, event) => {
  expect(shown([event])).toContain(SECRET);
  const hidden = shown([event], SECRET);
  expect(hidden).not.toContain(SECRET);
  expect(hidden).toContain('********');
});

test('numbers may be secrets', () => {
  const event = hostResult('h', { result: { pin: 12345678, other: 1234 } });
  expect(shown([event], '12345678')).toContain('"pin": "********", "other": 1234');
});

const hidden = task({ noLog: true });
const told: Record<string, Value> = { stdout: 'told', changed: true, attempts: 2 };

test.each<[string, Event]>([
  [
    'a result',
    hostResult('h', { task: hidden, result: told, changes: ['told'], diffs: [{ before: 'told', after: '' }] }),
  ],
  ['an item', itemResult('h', 'told', { task: hidden, result: told, changes: ['told'] })],
  ['a retry', { type: 'retry', task: hidden, host: 'h', left: 1, result: dict(told), item: 'told' }],
  ['a poll', { type: 'poll', state: 'running', task: hidden, host: 'h', result: dict(told) }],
  ['an include', { type: 'included', taskId: hidden.id, file: 'x.yml', hosts: [], item: 'told' }],
])('no_log hides all of %s but its status', (_, event) => {
  const text = shown([taskStart(['h'], hidden), event]);
  expect(text).not.toContain('told');
  expect(text).toMatch(/censored/);
});

const unshown = { ...told, _ansible_no_log: true };

test.each<[string, Event]>([
  ['a result', hostResult('h', { result: unshown })],
  ['an item', itemResult('h', 'x', { result: unshown })],
  ['a loop of which one item is hidden', hostResult('h', { result: { results: [dict(told), dict(unshown)] } })],
])('a module may hide %s', (_, event) => {
  const text = shown([event]);
  expect(text).not.toContain('told');
  expect(text).toMatch(/censored/);
});

test('what no_log keeps', () => {
  expect(shown([hostResult('h', { task: hidden, result: told })])).toContain('"changed": true, "attempts": 2');
});
