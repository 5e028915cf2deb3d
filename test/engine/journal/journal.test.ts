import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Journal } from '../../../src/engine/journal/journal.ts';
import { openRun, openState, type State } from '../../../src/engine/journal/open.ts';
import { Past } from '../../../src/engine/journal/past.ts';
import { RunFolder } from '../../../src/engine/journal/run-folder.ts';
import type { Doer, Finished, Place } from '../../../src/engine/journal/types.ts';
import { JournalWriter } from '../../../src/engine/journal/writer.ts';
import { Script } from '../../../src/engine/model/script.ts';
import { dict } from '../../../src/engine/model/value.ts';

let dir: string;
let state: State;
let folder: RunFolder;
let journal: Journal;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsplay-journal-'));
  state = openState(dir);
  folder = RunFolder.make(dir, new Date(0), state.seal);
  const writer = new JournalWriter(folder.journal, state.seal);
  journal = new Journal({ folder, seal: state.seal, writer, conceal: (text) => text });
  const invocation = { command: 'run', args: ['-e', 'password=canary'], directory: '/', content: {} };
  journal.start({ program: '0', time: 0, check: false, playbooks: ['site.yml'], invocation });
});

afterEach(() => rmSync(dir, { recursive: true }));

const place: Place = { play: 0, host: 'a', task: 'digest', turn: 0 };

const finished: Finished = {
  status: 'changed',
  ignored: false,
  result: dict({ stdout: 'canary' }),
  notify: ['told'],
  ran: [{ facts: dict({ x: 'canary' }), effects: [], delegatedTo: 'b' }],
};

const doer: Doer = {
  name: 'the task',
  action: 'command',
  position: { file: 'site.yml', line: 1, column: 1 },
  noLog: false,
  connection: {
    kind: 'ssh',
    name: 'a',
    address: 'a',
    password: 'canary',
    sshArgs: [],
    hostKeyChecking: true,
    timeout: 10,
  },
  session: {},
};

const opaque = {
  change: { kind: 'run', summary: 'run it', script: new Script('canary'), effect: 'opaque' },
} as const;

function past(): Past {
  journal.close();
  return new Past(openRun(state, folder.id).entries, state.seal);
}

test('what was finished is known, and nothing of it stands in clear', () => {
  journal.finish(place, finished);
  journal.answer({ play: 0, name: 'password' }, 'canary');
  const then = past();
  expect(then.finished(place)).toEqual(finished);
  expect(then.finished({ ...place, turn: 1 })).toBeUndefined();
  expect(then.answered({ play: 0, name: 'password' })).toBe('canary');
  expect(then.answered({ play: 1, name: 'password' })).toBeUndefined();
  expect(readFileSync(folder.journal, 'utf8')).not.toContain('canary');
});

test.each<[string, (intent: { made(outcome: { rc: number; stdout: Buffer }): void }) => void, number]>([
  ['was begun and no more is known', () => {}, 1],
  ['ended, and what it gave is not known', (intent) => intent.made({ rc: 0, stdout: Buffer.alloc(0) }), 1],
  ['failed', () => journal.fail(place), 0],
  ['was finished', () => journal.finish(place, finished), 0],
])('a command that %s', async (_, after, cuts) => {
  after(await journal.intend(place, doer, opaque));
  expect(past().cuts).toHaveLength(cuts);
});

test('what was taken back is to be done again', async () => {
  await journal.intend(place, doer, opaque);
  journal.finish(place, finished);
  journal.undone(1);
  expect(past().finished(place)).toBeUndefined();
});

test('an intent is on the disk when it is said to be', async () => {
  await journal.intend(place, doer, opaque);
  expect(readFileSync(folder.journal, 'utf8')).toContain('"kind":"intent"');
  journal.close();
});
