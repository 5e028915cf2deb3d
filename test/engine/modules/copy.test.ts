import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { dict, type Raw } from '../../../src/engine/model/value.ts';
import { copy } from '../../../src/engine/modules/copy.ts';
import { template } from '../../../src/engine/modules/template.ts';
import { type FakeHost, planOf, written } from './support.ts';

const local = mkdtempSync(join(tmpdir(), 'copy-'));
mkdirSync(join(local, 'tree/sub/empty'), { recursive: true });
writeFileSync(join(local, 'foo.txt'), 'foo\n', { mode: 0o640 });
writeFileSync(join(local, 'tree/a'), 'a\n');
writeFileSync(join(local, 'tree/sub/b'), 'b\n');
symlinkSync('a', join(local, 'tree/link'));

afterAll(() => rmSync(local, { recursive: true }));

const controller = { find: (_: string, name: string) => (name.startsWith('/') ? name : join(local, name)) };

const host: FakeHost = {
  files: {
    '/d/x': '',
    '/same': 'foo\n',
    '/differs': { content: 'old\n', mode: 0o600, owner: 'app', uid: 1000 },
    '/link': { kind: 'link', target: 'differs' },
    '/lost': { kind: 'link', target: 'nothing' },
    '/d/foo.txt': 'foo\n',
  },
  answers: [[/^\[ -r /, 0]],
};

interface Case {
  readonly args: Record<string, Raw>;
  readonly changes: string[];
  readonly result?: Record<string, unknown>;
}

const cases: Case[] = [
  {
    args: { content: 'x', dest: '/new' },
    changes: ['write /new 644'],
    result: { dest: '/new', state: 'file', size: 1 },
  },
  { args: { content: dict({ a: [1] }), dest: '/new' }, changes: ['write /new 644'], result: { size: 10 } },
  { args: { content: 'foo\n', dest: '/same' }, changes: [], result: { dest: '/same', path: '/same', mode: '0644' } },
  { args: { content: 'foo\n', dest: '/same', mode: '0600' }, changes: ['attributes /same 600'] },
  { args: { content: 'new', dest: '/differs' }, changes: ['write /differs'], result: { owner: 'app', mode: '0600' } },
  { args: { content: 'new', dest: '/differs', force: false }, changes: [] },
  { args: { content: 'new', dest: '/link' }, changes: ['write /link 644'] },
  { args: { content: 'new', dest: '/link', follow: true }, changes: ['write /differs'] },
  { args: { content: 'old\n', dest: '/link', follow: true }, changes: [] },
  { args: { content: 'old\n', dest: '/lost', follow: true }, changes: ['write /lost 644'] },
  {
    args: { src: 'foo.txt', dest: '/same' },
    changes: [],
    result: { checksum: 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15' },
  },
  { args: { src: 'foo.txt', dest: '/d' }, changes: [], result: { dest: '/d/foo.txt' } },
  { args: { src: 'foo.txt', dest: '/d/' }, changes: [] },
  {
    args: { src: 'foo.txt', dest: '/n/m/', directory_mode: '0700' },
    changes: ['directory /n 700', 'directory /n/m 700', 'write /n/m/foo.txt 644'],
  },
  { args: { src: 'foo.txt', dest: '/new', mode: 'preserve' }, changes: ['write /new 640'] },
  { args: { content: 'x', dest: '/new', mode: 'preserve' }, changes: ['write /new 600'] },
  {
    args: { src: '/same', dest: '/new', remote_src: true },
    changes: ['copy /new 644'],
    result: { src: '/same', md5sum: 'd3b07384d113edec49eaa6238ad5ff00' },
  },
  { args: { src: '/same', dest: '/d', remote_src: true }, changes: ['copy /d/same 644'] },
  { args: { src: '/same', dest: '/d/foo.txt', remote_src: true }, changes: [] },
  {
    args: { src: '/differs', dest: '/d/foo.txt', remote_src: true, mode: 'preserve' },
    changes: ['copy /d/foo.txt 600'],
  },
  {
    args: { src: 'tree', dest: '/d' },
    changes: [
      'directory /d/tree 755',
      'directory /d/tree/sub 755',
      'directory /d/tree/sub/empty 755',
      'write /d/tree/a 644',
      'write /d/tree/link 644',
      'write /d/tree/sub/b 644',
    ],
    result: { dest: '/d/' },
  },
  {
    args: { src: 'tree/', dest: '/n', local_follow: false, mode: '0600', directory_mode: '0700' },
    changes: [
      'directory /n 700',
      'directory /n/sub 700',
      'directory /n/sub/empty 700',
      'write /n/a 600',
      'write /n/sub/b 600',
      'link /n/link -> a',
    ],
  },
];

test.each(cases)('$args', async ({ args, changes, result = {} }) => {
  const planned = await planOf(copy, args, host, controller);
  expect(planned.plan.failed).toBeUndefined();
  expect([...planned.changes].sort()).toEqual([...changes].sort());
  expect(planned.plan.result).toMatchObject(result);
});

const refusals: [Record<string, Raw>, string][] = [
  [{ dest: '/x' }, 'src (or content) is required'],
  [{ dest: '/x', src: 'a', content: 'b' }, 'src and content are mutually exclusive'],
  [{ dest: '/x/', content: 'b' }, 'can not use content with a dir as dest'],
  [{ dest: '/d', content: 'b' }, 'can not use content with a dir as dest'],
  [{ dest: '/no/x', content: 'b' }, 'Destination directory /no does not exist'],
  [
    { dest: '/x', src: 'foo.txt', checksum: 'abc' },
    'Copied file does not match the expected checksum. Transfer failed.',
  ],
  [{ dest: '/x', src: '/none', remote_src: true }, 'Source /none not found'],
  [{ dest: '/x', content: 'b', validate: 'visudo' }, 'validate must contain %s: visudo'],
];

test.each(refusals)('%p', async (args, failed) => {
  expect((await planOf(copy, args, host, controller)).plan.failed).toBe(failed);
});

describe('diff', () => {
  test('has the contents and says where they are from', async () => {
    const { plan } = await planOf(copy, { src: 'foo.txt', dest: '/differs' }, host, controller);
    expect(plan.changes[0]!.diff).toEqual({
      before: 'old\n',
      after: 'foo\n',
      beforeHeader: '/differs',
      afterHeader: join(local, 'foo.txt'),
    });
  });
});

describe('template', () => {
  const rendering = { ...controller, renderFile: () => 'rendered\n' };

  test.each<[Record<string, Raw>, string[]]>([
    [{ dest: '/new' }, ['write /new 644']],
    [{ dest: '/d' }, ['write /d/foo.txt 644']],
    [{ dest: '/new', mode: 'preserve' }, ['write /new 640']],
  ])('%p', async (args, changes) => {
    const planned = await planOf(
      template,
      { src: 'foo.txt', ...args },
      { ...host, files: { ...host.files, '/d/foo.txt': { kind: 'link', target: 'x' } } },
      rendering,
    );
    expect(planned.changes).toEqual(changes);
    expect(written(planned.plan, changes[0]!.split(' ')[1]!)).toBe('rendered\n');
  });

  test('options reach the renderer', async () => {
    const seen: unknown[] = [];
    const args = {
      src: 'foo.txt',
      dest: '/new',
      trim_blocks: false,
      newline_sequence: '\\r\\n',
      variable_start_string: '[[',
    };
    await planOf(template, args, host, { ...controller, renderFile: (_, options) => String(seen.push(options)) });
    expect(seen).toMatchObject([
      { trimBlocks: false, lstripBlocks: false, newlineSequence: '\r\n', variableStart: '[[' },
    ]);
  });
});
