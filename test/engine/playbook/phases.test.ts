import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { TsplayError } from '../../../src/engine/model/errors.ts';
import { actionTable } from '../../../src/engine/modules/registry.ts';
import { phasesOf } from '../../../src/engine/playbook/phases.ts';
import { loadPlaybook } from '../../../src/engine/playbook/playbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsplay-phases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const mistakes: string[] = [];
  const plays = loadPlaybook(join(folder, 'play.yml'), {
    actions: actionTable,
    hasLookup: () => true,
    onError: (error: TsplayError) => mistakes.push(error.describe().replace(`${folder}/`, '')),
  });
  return { plays, mistakes };
}

const block = (phase: string) => `    - phase: ${phase}\n      block: [{debug: }]\n`;
const play = (...phases: string[]) => `- hosts: all\n  tasks:\n${phases.map(block).join('')}`;

describe('phases are read', () => {
  test('of plays and blocks, in order, with all they say', () => {
    const { plays, mistakes } = load({
      'play.yml': `
- hosts: all
  phase: {name: outer, purpose: "Get ready.\\n"}
  pre_tasks:
${play('first').split('\n').slice(2).join('\n')}
  tasks:
    - phase:
        name: second one
        needs: [first]
        fix: [{debug: {msg: mend}}]
        retry: {times: 2, delay: 3}
        undo:
          - debug: {msg: back}
      name: A block
      become: true
      block:
        - import_tasks: inner.yml
`,
      'inner.yml': '- phase: 3\n  rescue: []\n  block: [{debug: }]\n',
    });
    expect(mistakes).toEqual([]);
    const placed = phasesOf(plays);
    expect(placed.map(({ phase, around }) => [phase.name, around.map(({ name }) => name)])).toEqual([
      ['outer', []],
      ['first', ['outer']],
      ['second one', ['outer']],
      ['3', ['outer', 'second one']],
    ]);
    expect(placed[0]?.phase.purpose).toBe('Get ready.');
    const second = placed[2]!;
    expect(second.phase).toMatchObject({ needs: [{ name: 'first' }], retry: { times: 2, delay: 3 } });
    expect(second.phase.fix[0]?.parent).toBe(second.block);
    expect(second.phase.undo[0]?.parent).toBe(second.block);
  });
});

const MISTAKES: readonly { readonly name: string; readonly files: Record<string, string>; readonly says: string[] }[] =
  [
    {
      name: 'a need that is not there',
      files: { 'play.yml': play('{name: prepare}', '{name: join, needs: [prepair]}') },
      says: ['play.yml:5:35: phase "join" needs "prepair", and there is no such phase; did you mean "prepare"?'],
    },
    {
      name: 'a name given twice, also by another playbook',
      files: { 'play.yml': `${play('a')}- import_playbook: other.yml\n`, 'other.yml': play('a') },
      says: ['other.yml:3:7: there are two phases "a"; the other one is at FOLDER/play.yml:3:7'],
    },
    {
      name: 'a circle, once',
      files: { 'play.yml': play('{name: a, needs: [c]}', '{name: b, needs: [a]}', '{name: c, needs: b}') },
      says: ['play.yml:3:32: phases need each other: a -> c -> b -> a; a phase needs only phases before it'],
    },
    {
      name: 'a need of itself',
      files: { 'play.yml': play('{name: a, needs: [a]}') },
      says: ['play.yml:3:32: phases need each other: a -> a; a phase needs only phases before it'],
    },
    {
      name: 'a need that comes later',
      files: { 'play.yml': play('{name: a, needs: [b]}', 'b') },
      says: ['play.yml:3:32: phase "a" needs "b", which comes after it; put the phase that is needed first'],
    },
    {
      name: 'a need of the phase around',
      files: { 'play.yml': `- hosts: all\n  phase: around\n  tasks:\n${block('{name: a, needs: around}')}` },
      says: ['play.yml:4:31: phase "a" needs "around", in which it stands; a phase ends after what is in it'],
    },
    {
      name: 'no name',
      files: { 'play.yml': play('', '{purpose: x}', '" "', '[a]') },
      says: [
        'play.yml:3:13: a phase needs a name',
        'play.yml:5:14: a phase needs a name',
        'play.yml:7:14: a phase needs a name',
        'play.yml:9:14: a phase is a name or a dictionary, but this is a list; write `phase: name`',
      ],
    },
    {
      name: 'a name that is a template',
      files: { 'play.yml': play('"{{ stage }}"') },
      says: ['play.yml:3:14: the name of a phase cannot be a template; it is known before anything runs'],
    },
    {
      name: 'an unknown member',
      files: { 'play.yml': play('{name: a, need: [b]}') },
      says: ['play.yml:3:24: \'need\' is not a valid attribute for a Phase; did you mean "needs"?'],
    },
    {
      name: 'a phase in what mends another, and on a task',
      files: {
        'play.yml': `${play('{name: a, fix: [{phase: b, block: [{debug: }]}]}')}    - debug:\n      phase: c\n`,
      },
      says: [
        "play.yml:6:7: 'phase' is not a valid attribute for a Task; put the task into a block",
        'play.yml:3:31: a phase cannot stand in what mends or takes back another ("a")',
      ],
    },
  ];

describe('mistakes in phases are told with their place:', () => {
  test.each(MISTAKES)('$name', ({ files, says }) => {
    expect(load(files).mistakes.map((text) => text.replaceAll(folder, 'FOLDER'))).toEqual(says);
  });
});
