import { expect, test } from '@jest/globals';
import type { Raw } from '../../../src/engine/model/value.ts';
import { file } from '../../../src/engine/modules/file.ts';
import { type FakeHost, planOf } from './support.ts';

interface Case {
  readonly args: Record<string, Raw>;
  readonly host?: FakeHost;
  readonly changes: string[];
  readonly result?: Record<string, unknown>;
}

const here: FakeHost = {
  files: {
    '/f': 'text',
    '/d/inner': '',
    '/link': { kind: 'link', target: 'f' },
    '/lost': { kind: 'link', target: 'nothing' },
    '/hard': { content: 'text', nlink: 2, inode: 7 },
    '/other': { content: 'text', nlink: 2, inode: 7 },
    '/e': { kind: 'directory', mode: 0o755 },
  },
  ids: { app: 1000 },
  answers: [
    [/^ls -A -- '\/e'/, ''],
    [/^ls -A -- '\/d'/, 'inner\n'],
    [/find/, ''],
  ],
};

const cases: Case[] = [
  { args: { path: '/f', state: 'file' }, changes: [], result: { path: '/f', state: 'file', mode: '0644', size: 4 } },
  { args: { path: '/f' }, changes: [], result: { state: 'file', owner: 'root', uid: 0 } },
  { args: { path: '/f', mode: '0600' }, changes: ['attributes /f 600'], result: { mode: '0600' } },
  { args: { path: '/f', mode: 'u+x' }, changes: ['attributes /f 744'] },
  {
    args: { path: '/f', owner: 'app', group: 'root' },
    changes: ['attributes /f'],
    result: { owner: 'app', uid: 1000 },
  },
  { args: { path: '/f', owner: '0' }, changes: [], result: { owner: 'root' } },
  { args: { path: '/link', mode: '0600' }, changes: ['attributes /f 600'], result: { dest: '/link', state: 'link' } },
  { args: { path: '/link', mode: '0600', follow: false }, changes: [] },
  { args: { path: '/link', state: 'file', mode: '0600' }, changes: ['attributes /f 600'], result: { path: '/f' } },
  { args: { path: '/f', state: 'absent' }, changes: ['remove /f'], result: { path: '/f', state: 'absent' } },
  { args: { path: '/none', state: 'absent' }, changes: [], result: { state: 'absent' } },
  { args: { path: '/link', state: 'absent' }, changes: ['remove /link'] },
  { args: { path: '/d', state: 'absent' }, changes: ['remove /d'] },
  { args: { path: '/d', state: 'directory' }, changes: [], result: { state: 'directory', mode: '0755' } },
  { args: { path: '/d/', state: 'directory', mode: '0700' }, changes: ['attributes /d 700'] },
  {
    args: { path: '/d/x/y', state: 'directory', mode: '0750' },
    changes: ['directory /d/x 750', 'directory /d/x/y 750'],
  },
  { args: { path: '/new', recurse: true }, changes: ['directory /new 755'] },
  { args: { path: '/new', state: 'touch' }, changes: ['write /new 644'], result: { dest: '/new', state: 'file' } },
  { args: { path: '/f', state: 'touch' }, changes: ["run touch -c -- '/f'"], result: { dest: '/f' } },
  { args: { path: '/f', state: 'touch', access_time: 'preserve' }, changes: ['attributes /f'] },
  {
    args: { path: '/f', state: 'touch', access_time: 'preserve', modification_time: 'preserve' },
    changes: [],
  },
  {
    args: { path: '/new', state: 'link', src: 'f' },
    changes: ['link /new -> f'],
    result: { dest: '/new', src: 'f', state: 'link' },
  },
  { args: { path: '/link', state: 'link', src: 'f' }, changes: [] },
  { args: { path: '/link', state: 'link' }, changes: [] },
  { args: { path: '/link', state: 'link', src: 'hard' }, changes: ['link /link -> hard'] },
  { args: { path: '/link', state: 'link', src: 'f', mode: '0600' }, changes: ['attributes /f 600'] },
  {
    args: { path: '/new', state: 'link', src: 'nothing', force: true, follow: false },
    changes: ['link /new -> nothing'],
  },
  { args: { path: '/f', state: 'link', src: 'hard', force: true }, changes: ['link /f -> hard'] },
  { args: { path: '/e', state: 'link', src: 'f', force: true }, changes: ['link /e -> f'] },
  {
    args: { path: '/new', state: 'hard', src: '/f' },
    changes: ['link /new -> /f'],
    result: { state: 'hard', size: 4 },
  },
  { args: { path: '/hard', state: 'hard', src: '/other' }, changes: [] },
];

test.each(cases)('$args', async ({ args, host = here, changes, result = {} }) => {
  const planned = await planOf(file, args, host);
  expect(planned.plan.failed).toBeUndefined();
  expect(planned.changes).toEqual(changes);
  expect(planned.plan.result).toMatchObject(result);
});

const refusals: [Record<string, Raw>, string][] = [
  [{ path: '/none', state: 'file' }, 'file (/none) is absent, cannot continue'],
  [{ path: '/none' }, 'file (/none) is absent, cannot continue'],
  [{ path: '/d', state: 'file' }, 'file (/d) is directory, cannot continue'],
  [{ path: '/f', state: 'directory' }, '/f already exists as a file'],
  [{ path: '/f', recurse: true, state: 'file' }, "recurse option requires state to be 'directory'"],
  [{ path: '/f', src: '/x', state: 'file' }, "src option requires state to be 'link' or 'hard'"],
  [{ path: '/f', owner: 'nobody-here' }, 'chown failed: failed to look up user nobody-here'],
  [{ path: '/f', group: 'nobody-here' }, 'chgrp failed: failed to look up group nobody-here'],
  [{ path: '/new', state: 'link' }, 'src is required for creating new symlinks'],
  [
    { path: '/new', state: 'link', src: 'nothing' },
    'src file does not exist, use "force=yes" if you really want to create the link: /nothing',
  ],
  [{ path: '/f', state: 'link', src: 'hard' }, 'refusing to convert from file to symlink for /f'],
  [{ path: '/e', state: 'link', src: '/f' }, 'refusing to convert from directory to symlink for /e'],
  [{ path: '/d', state: 'link', src: '/f', force: true }, 'the directory /d is not empty, refusing to convert it'],
  [{ path: '/f', state: 'hard', src: '/other' }, 'Cannot link, file exists at destination'],
  [
    { path: '/no/dir', state: 'touch' },
    "Error, could not touch target: [Errno 2] No such file or directory: b'/no/dir'",
  ],
];

test.each(refusals)('%p', async (args, failed) => {
  expect((await planOf(file, args, here)).plan.failed).toBe(failed);
});

test('recursion changes only what differs', async () => {
  const record = (path: string, mode: string) => `|${mode}|0|0|5|1|1|1|9|1|1|8|root|root|${path}\n`;
  const listed = [record('/d/a', '81a4'), record('/d/sub', '41ed'), record('/d/sub/b', '8180')];
  // The scan marks its lines by a text drawn for it, so that the answer is made of what was asked.
  const nonce = (script: string) => /'([0-9a-f-]{36})\|/.exec(script)?.[1] ?? '';
  const host: FakeHost = {
    files: { '/d/a': '' },
    answers: [[/find/, (script) => listed.map((line) => nonce(script) + line).join('')]],
  };
  const { plan } = await planOf(file, { path: '/d', state: 'directory', recurse: true, mode: 'u=rwX,go=rX' }, host);
  expect(plan.changes.map((change) => change.summary)).toEqual(['change mode of /d/sub/b']);
});
