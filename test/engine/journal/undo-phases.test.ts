import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Entry } from '../../../src/engine/journal/records.ts';
import { phasesToUndo } from '../../../src/engine/journal/undo/phases.ts';
import { actionTable } from '../../../src/engine/modules/registry.ts';
import { loadPlaybook } from '../../../src/engine/playbook/playbook.ts';
import { event, MOMENT } from './made.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsplay-undo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const undo = 'undo: [{debug: {msg: back}}]';
writeFileSync(
  join(folder, 'play.yml'),
  `- hosts: all
  tasks:
    - {phase: {name: one, ${undo}}, block: [{debug: }]}
    - {phase: {name: two, ${undo}}, block: [{debug: }]}
    - {phase: three, block: [{debug: }]}
    - {phase: {name: four, ${undo}}, block: [{debug: }]}
    - {phase: {name: five, ${undo}}, block: [{debug: }]}
`,
);
const plays = loadPlaybook(join(folder, 'play.yml'), { actions: actionTable, hasLookup: () => true });

const time = MOMENT;
const begin = (name: string, ...hosts: string[]) => event({ type: 'phase', name, hosts, time });
const end = (name: string, hosts: Record<string, string>) => {
  const results = Object.entries(hosts).map(([host, status]) => [
    host,
    { status, started: time, ended: time, tries: 1 },
  ]);
  return event({ type: 'phase-end', name, hosts: Object.fromEntries(results), time });
};
const names = ['one', 'two', 'three', 'four', 'five', 'gone'];
const start = event({ type: 'run', plays: [], phases: names.map((name) => ({ name, needs: [], at: 'x:1:1' })), time });

const CASES: readonly { readonly name: string; readonly entries: readonly Entry[]; readonly gives: unknown[] }[] = [
  { name: 'nothing began', entries: [start], gives: [] },
  {
    name: 'the last begun comes first, whether it was completed or not',
    entries: [
      start,
      ...[begin('one', 'a', 'b'), end('one', { a: 'completed', b: 'fixed' })],
      ...[begin('two', 'a', 'b'), end('two', { a: 'completed', b: 'failed' })],
      ...[begin('three', 'a'), end('three', { a: 'completed' })],
      end('four', { a: 'skipped' }),
      begin('five', 'a'),
      ...[begin('gone', 'a'), end('gone', { a: 'completed' })],
    ],
    gives: [
      ['five', ['a'], false],
      ['two', ['a', 'b'], false],
      ['one', ['a', 'b'], true],
    ],
  },
  {
    name: 'what went on later and completed is complete',
    entries: [
      start,
      begin('one', 'a'),
      { kind: 'resume', time, pid: 2 },
      start,
      begin('one', 'a'),
      end('one', { a: 'completed' }),
    ],
    gives: [['one', ['a'], true]],
  },
  {
    name: 'what was undone is not undone again',
    entries: [start, begin('one', 'a', 'b'), event({ type: 'phase-undone', name: 'one', hosts: ['a'], time })],
    gives: [['one', ['b'], false]],
  },
];

test.each(CASES)('phases to undo: $name', ({ entries, gives }) => {
  const found = phasesToUndo(entries, plays);
  expect(found.map(({ phase, hosts, completed }) => [phase.name, hosts, completed])).toEqual(gives);
  expect(found.every(({ phase, block }) => phase.undo[0]?.parent === block)).toBe(true);
});
