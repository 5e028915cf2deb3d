import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Attributes, Before, Change, Outcome } from '../../../src/engine/model/change.ts';
import { openConnection } from '../../../src/engine/remote/open.ts';
import type { Connection, Session } from '../../../src/engine/remote/types.ts';
import { LOCAL } from './local-settings.ts';

const ABSENT: Before = { kind: 'absent' };
let connection: Connection;
let session: Session;
let folder: string;

beforeAll(async () => {
  connection = await openConnection(LOCAL);
  session = connection.session();
});

afterAll(() => connection.close());

afterEach(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apply-'));
});

type Write = Extract<Change, { kind: 'write' }>;

function write(path: string, bytes: string | Buffer, options: Partial<Write> = {}): Promise<Outcome> {
  const content = { bytes: Buffer.from(bytes) };
  return session.apply({ kind: 'write', summary: 'write', path, content, attributes: {}, before: ABSENT, ...options });
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

describe('write', () => {
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['every byte', every],
    ['text with quotes', Buffer.from(`it's "$HOME" \`id\` \\n\n`.repeat(100))],
    ['more than fits a frame', Buffer.concat(Array.from({ length: 4000 }, () => every))],
  ])('%s', async (_name, bytes) => {
    const path = join(folder, "a file's name");
    expect((await write(path, bytes)).rc).toBe(0);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(["a file's name"]);
  });

  test('a file of the controller is streamed', async () => {
    const source = join(folder, 'source');
    const bytes = Buffer.alloc(2_000_000, 'abc\0');
    writeFileSync(source, bytes);
    const done = await write(join(folder, 'copy'), '', { content: { file: source, size: bytes.length } });
    expect([done.rc, readFileSync(join(folder, 'copy')).equals(bytes)]).toEqual([0, true]);
  });

  test.each<[string, number | undefined, Attributes, number]>([
    ['a new file gets what the umask allows', undefined, {}, 0o666 & ~process.umask()],
    ['a new file gets the mode asked for', undefined, { mode: 0o640 }, 0o640],
    ['an old one keeps its mode', 0o600, {}, 0o600],
    ['an old one gets the mode asked for', 0o600, { mode: 0o4755 }, 0o4755],
  ])('%s', async (_name, old, attributes, mode) => {
    const path = join(folder, 'file');
    if (old !== undefined) {
      writeFileSync(path, 'old');
      chmodSync(path, old);
    }
    expect((await write(path, 'new', { attributes })).rc).toBe(0);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['new', mode]);
  });

  // Nothing can be made in that folder, but its files take what is written.
  test.each([
    [true, true],
    [false, false],
  ])('a file whose folder takes no new one, unsafely: %s', async (unsafeWrites, written) => {
    const path = '/proc/self/oom_score_adj';
    expect((await write(path, readFileSync(path), { unsafeWrites })).rc === 0).toBe(written);
  });

  test('the environment may ask for unsafe writes', async () => {
    const path = '/proc/self/oom_score_adj';
    const environment = new Map([['ANSIBLE_UNSAFE_WRITES', 'true']]);
    const content = { bytes: readFileSync(path) };
    const change = { kind: 'write', summary: 'write', path, content, attributes: {}, before: ABSENT } as const;
    const asked = connection.session({ environment });
    expect((await asked.apply(change)).rc).toBe(0);
    expect((await asked.apply({ ...change, unsafeWrites: false })).rc).not.toBe(0);
  });

  test('a backup keeps content and mode', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    chmodSync(path, 0o600);
    const { backupFile } = await write(path, 'new', { backup: true });
    expect(backupFile).toMatch(/\/file\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~$/);
    expect([readFileSync(backupFile ?? '', 'utf8'), modeOf(backupFile ?? '')]).toEqual(['old', 0o600]);
    expect((await write(join(folder, 'other'), 'new', { backup: true })).backupFile).toBeUndefined();
  });

  test.each([
    ['accepted', 'grep -q new %s', 0, 'new'],
    ['refused', 'grep -q old %s', 1, 'old'],
    ['no shell reads it', 'grep -q old %s || true', 2, 'old'],
    ['words may be quoted', `grep -q 'new' "%s"`, 0, 'new'],
  ])('validate: %s', async (_name, validate, rc, content) => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const done = await write(path, 'new', { validate });
    expect(readFileSync(path, 'utf8')).toBe(content);
    if (rc === 0) expect(done.rc).toBe(0);
    else
      expect([done.rc !== 0, done.stderr.toString()]).toEqual([
        true,
        expect.stringContaining(`failed to validate: rc:${rc}`),
      ]);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('a link is replaced, what it points to stays', async () => {
    writeFileSync(join(folder, 'victim'), 'precious');
    symlinkSync(join(folder, 'victim'), join(folder, 'link'));
    expect((await write(join(folder, 'link'), 'new')).rc).toBe(0);
    expect(lstatSync(join(folder, 'link')).isFile()).toBe(true);
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
  });

  test.each([
    ['a folder that is not there', 'none/file', 'none'],
    ['a folder in its place', 'sub', 'is a directory'],
    ['an owner that is not there', 'file', 'no-such-user'],
  ])('%s fails with a message and leaves nothing', async (_name, name, message) => {
    mkdirSync(join(folder, 'sub'));
    const attributes = name === 'file' ? { owner: 'no-such-user' } : {};
    const done = await write(join(folder, name), 'new', { attributes });
    expect([done.rc !== 0, done.stderr.toString()]).toEqual([true, expect.stringContaining(message)]);
    expect(readdirSync(folder)).toEqual(['sub']);
  });

  test('what a crash left is removed, what is being written is not', async () => {
    const host = hostname();
    const dead = `.tsplay-${host}.4194304.abc`;
    const alive = `.tsplay-${host}.${process.pid}.abc`;
    for (const name of [dead, alive, '.tsplay-x', 'other']) writeFileSync(join(folder, name), '');
    await write(join(folder, 'file'), 'new');
    expect(readdirSync(folder).sort()).toEqual([alive, '.tsplay-x', 'file', 'other'].sort());
  });
});

describe('other changes', () => {
  test('copy on the host', async () => {
    writeFileSync(join(folder, 'from'), 'x\0y');
    const done = await session.apply({
      kind: 'copy',
      summary: 'copy',
      from: join(folder, 'from'),
      path: join(folder, 'to'),
      attributes: { mode: 0o600 },
      before: ABSENT,
    });
    expect([done.rc, readFileSync(join(folder, 'to'), 'latin1'), modeOf(join(folder, 'to'))]).toEqual([
      0,
      'x\0y',
      0o600,
    ]);
  });

  test('a folder with those above it, each with the mode', async () => {
    const path = join(folder, 'a/b c/d');
    const done = await session.apply({ kind: 'directory', summary: 'mkdir', path, attributes: { mode: 0o2750 } });
    expect(done.rc).toBe(0);
    expect(['a', 'a/b c', 'a/b c/d'].map((name) => modeOf(join(folder, name)))).toEqual([0o2750, 0o2750, 0o2750]);
  });

  test('attributes of all below a folder', async () => {
    mkdirSync(join(folder, 'd/e'), { recursive: true });
    const done = await session.apply({
      kind: 'attributes',
      summary: 'chmod',
      path: join(folder, 'd'),
      attributes: { mode: 0o700, mtime: 1000 },
      follow: true,
      recurse: true,
      before: { kind: 'directory' },
    });
    expect([done.rc, modeOf(join(folder, 'd/e')), statSync(join(folder, 'd')).mtimeMs]).toEqual([0, 0o700, 1_000_000]);
  });

  test.each<[string, Before, boolean]>([
    ['where nothing is', ABSENT, false],
    ['in place of a link to a folder', { kind: 'link' }, false],
    ['in place of a file', { kind: 'file' }, false],
    ['in place of an empty folder', { kind: 'directory' }, false],
    ['hard, in place of a file', { kind: 'file' }, true],
  ])('link %s', async (_name, before, hard) => {
    const path = join(folder, 'link');
    const target = join(folder, 'target');
    writeFileSync(target, 'x');
    if (before.kind === 'link') symlinkSync(folder, path);
    if (before.kind === 'file') writeFileSync(path, 'old');
    if (before.kind === 'directory') mkdirSync(path);
    const done = await session.apply({ kind: 'link', summary: 'link', path, target, hard, before });
    expect(done.rc).toBe(0);
    if (hard) expect(statSync(path).ino).toBe(statSync(target).ino);
    else expect(readlinkSync(path)).toBe(target);
    expect(readdirSync(folder).sort()).toEqual(['link', 'target']);
  });

  test('remove takes a link, not what it points to, and a folder with all in it', async () => {
    mkdirSync(join(folder, 'd/e'), { recursive: true });
    symlinkSync(join(folder, 'd'), join(folder, 'l'));
    const remove = (name: string) =>
      session.apply({ kind: 'remove', summary: 'rm', path: join(folder, name), before: { kind: 'other' } });
    expect((await remove('l')).rc).toBe(0);
    expect(readdirSync(folder)).toEqual(['d']);
    expect((await remove('d')).rc).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file that comes to the controller', async () => {
    const [from, path] = [join(folder, 'source'), join(folder, 'a/b')];
    writeFileSync(from, Buffer.alloc(300_000, 'a\0'));
    const fetch = (more: { from?: string; path?: string; sha1?: string }) =>
      session.apply({ kind: 'download', summary: 'fetch', from, path, ...more });
    const { rc, digests } = await fetch({});
    expect([rc, readFileSync(path).equals(readFileSync(from)), readdirSync(join(folder, 'a'))]).toEqual([
      0,
      true,
      ['b'],
    ]);
    expect((await fetch({ sha1: digests?.sha1 ?? '' })).rc).toBe(0);
    const refused = [
      await fetch({ sha1: 'another', path: join(folder, 'c') }),
      await fetch({ from: '/not/there', path: join(folder, 'c') }),
      await fetch({ from: folder, path: join(folder, 'c') }),
      await fetch({ path: join(path, 'c') }),
    ];
    expect(refused.map(({ rc, stderr }) => `${rc} ${stderr}`)).toEqual([
      '1 checksum mismatch',
      expect.stringMatching(/^1 .*No such file/),
      '1 is a directory',
      expect.stringMatching(/^1 E/),
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a', 'source']);
  });
});

describe('looking', () => {
  test('stat of what is there', async () => {
    const path = join(folder, 'f|x');
    writeFileSync(path, 'hello');
    chmodSync(path, 0o4640);
    const real = statSync(path);
    expect(await session.view.stat(path, { checksum: 'md5' })).toMatchObject({
      kind: 'file',
      mode: 0o4640,
      size: 5,
      uid: real.uid,
      gid: real.gid,
      inode: real.ino,
      checksum: '5d41402abc4b2a76b9719d911017c592',
    });
  });

  test.each([
    ['/dev/null', 'char'],
    ['/', 'directory'],
    ['/proc/self', 'link'],
  ])('kind of %s', async (path, kind) => {
    expect((await session.view.stat(path))?.kind).toBe(kind);
  });

  test('a link is itself unless followed', async () => {
    symlinkSync('a\nb ', join(folder, 'link'));
    expect(await session.view.stat(join(folder, 'link'))).toMatchObject({ kind: 'link', target: 'a\nb ' });
    expect(await session.view.stat(join(folder, 'link'), { follow: true })).toBeUndefined();
    expect(await session.view.stat(join(folder, 'none'))).toBeUndefined();
  });

  test('read gives state and content, or says why not', async () => {
    const path = join(folder, 'f');
    writeFileSync(path, 'x\0\n|y');
    const read = await session.view.read(path);
    expect([read?.state.size, read?.content.toString()]).toEqual([5, 'x\0\n|y']);
    expect(await session.view.read(join(folder, 'none'))).toBeUndefined();
    await expect(session.view.read(folder)).rejects.toThrow('is a directory');
    await expect(session.view.read('/dev/zero')).rejects.toThrow('not a regular file');
  });
});
