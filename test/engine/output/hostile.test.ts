import { expect, test } from '@jest/globals';
import type { Event } from '../../../src/engine/model/event.ts';
import { dict } from '../../../src/engine/model/value.ts';
import { AnsibleOutput } from '../../../src/engine/output/ansible/callback.ts';
import { JsonOutput } from '../../../src/engine/output/json.ts';
import { JunitOutput } from '../../../src/engine/output/junit.ts';
import type { Sink } from '../../../src/engine/output/sink.ts';
import { TerminalOutput } from '../../../src/engine/output/terminal/terminal.ts';
import { hostResult, itemResult, memorySink, playStart, recapOf, runStart, task, taskStart } from './support.ts';

const CONTROLS = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, index) => 0x7f + index)];
const EVIL = `${String.fromCharCode(...CONTROLS)}\u202e\u2066\u2028\ufeff\u{e0041}\nok: [forged]\n✔ forged\nPLAY RECAP\n`;
const evil = task({ name: EVIL, action: 'debug', diff: true, position: { file: EVIL, line: 1, column: 1 } });
const quiet = { ...evil, id: 2, action: 'command' };
const result = { msg: EVIL, stderr: EVIL, stdout: EVIL, rc: 1, [EVIL]: EVIL, warnings: [EVIL], skip_reason: EVIL };
const diffs = [
  { before: EVIL, after: `${EVIL}x`, beforeHeader: EVIL, afterHeader: EVIL },
  { before: dict({ a: EVIL }), after: dict({ [EVIL]: EVIL }) },
];

/** Every field that a host, or a name from outside, can fill. */
const EVENTS: readonly Event[] = [
  runStart(),
  playStart([EVIL, 'b'], { name: EVIL }),
  taskStart([EVIL, 'b'], evil),
  { type: 'host-start', taskId: 1, host: EVIL, time: 0 },
  { type: 'retry', task: evil, host: EVIL, left: 1, result: dict(result) },
  { type: 'poll', state: 'running', task: evil, host: EVIL, result: dict({ ansible_job_id: EVIL, started: EVIL }) },
  itemResult(EVIL, EVIL, { task: evil, status: 'changed', result, changes: [EVIL], diffs }),
  itemResult(EVIL, EVIL, { task: evil, status: 'failed', result }),
  hostResult(EVIL, { task: evil, status: 'ok', result, delegatedTo: EVIL }),
  hostResult('b', { task: evil, status: 'failed', result }),
  taskStart([EVIL], quiet),
  hostResult(EVIL, { task: quiet, status: 'changed', result, changes: [EVIL], diffs }),
  { type: 'included', taskId: 2, file: EVIL, hosts: [EVIL], item: EVIL },
  { type: 'handler-notified', handler: EVIL, host: EVIL },
  { type: 'meta', message: EVIL },
  { type: 'warning', message: EVIL },
  { type: 'deprecated', message: EVIL },
  taskStart([EVIL], { ...quiet, id: 3 }),
  hostResult(EVIL, { task: { ...quiet, id: 3 }, status: 'unreachable', result, ignored: true }),
  {
    type: 'run-end',
    recap: new Map([[EVIL, recapOf({ failed: 1, unreachable: 1 })]]),
    stats: new Map([[EVIL, dict({ a: EVIL })]]),
    time: 2000,
  },
];

const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2066\u2028\ufeff]|\u{e0041}/u;
const FORGED = /^(ok: \[forged\]|✔ forged|PLAY RECAP$)/m;

test.each<[string, (sink: Sink) => { handle(event: Event): void }]>([
  ['ansible', (sink) => new AnsibleOutput(sink, { verbosity: 3, diff: true, customStats: true, positions: true })],
  [
    'ansible, YAML',
    (sink) => new AnsibleOutput(sink, { verbosity: 2, diff: true, format: 'yaml', perHostStart: true }),
  ],
  ['terminal', (sink) => new TerminalOutput(sink, { verbosity: 0, readSource: () => EVIL })],
  ['terminal, verbose', (sink) => new TerminalOutput(sink, { verbosity: 3, readSource: () => EVIL })],
  ['junit', (sink) => new JunitOutput(sink)],
  ['json', (sink) => new JsonOutput(sink, { lines: false })],
])('%s: nothing from a host acts on the terminal or forges a line', (_, make) => {
  const sink = memorySink({ columns: 100 });
  const output = make(sink);
  for (const event of EVENTS) output.handle(event);
  const { out, err } = sink.written;
  expect(out).toContain('forged');
  for (const text of [out, err]) {
    expect(ACTS.exec(text)).toBeNull();
    expect(FORGED.exec(text)).toBeNull();
  }
});
