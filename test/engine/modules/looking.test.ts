import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Dict, Raw, Value } from '../../../src/engine/model/value.ts';
import { assemble } from '../../../src/engine/modules/assemble.ts';
import { fetch } from '../../../src/engine/modules/fetch.ts';
import { find } from '../../../src/engine/modules/find.ts';
import { parseAge, parseBytes } from '../../../src/engine/modules/finding/filters.ts';
import { slurp } from '../../../src/engine/modules/slurp.ts';
import { stat } from '../../../src/engine/modules/stat.ts';
import { type FakeHost, fakeController, planOf, written } from './support.ts';

describe('stat', () => {
  const closer: [RegExp, string] = [
    /readlink -f/,
    'rw\0/f\n\x004096|0|0\n\0unknown\n\x0077 --------------e----- /f\n\0',
  ];
  const host: FakeHost = { files: { '/f': 'x', '/l': { kind: 'link', target: 'f' } }, answers: [closer] };

  test.each<[Record<string, Raw>, Record<string, Value>]>([
    [
      { path: '/f' },
      {
        exists: true,
        path: '/f',
        isreg: true,
        mode: '0644',
        size: 1,
        pw_name: 'root',
        readable: true,
        executable: false,
        checksum: '11f6ad8ec52a2984abaafd7c3b516503785c2072',
        attributes: ['extents'],
        version: '77',
        block_size: 4096,
        mimetype: 'unknown',
        charset: 'unknown',
        rusr: true,
        xoth: false,
      },
    ],
    [{ path: '/f', checksum_algorithm: 'md5' }, { checksum: '9dd4e461268c8034f5c8564e155c67a6' }],
    [{ path: '/l' }, { islnk: true, isreg: false, lnk_target: 'f', lnk_source: '/f' }],
    [
      { path: '/l', follow: true },
      { islnk: false, isreg: true },
    ],
    [{ path: '/none' }, { exists: false }],
  ])('%p', async (args, facts) => {
    const { plan } = await planOf(stat, args, host);
    expect(Object.fromEntries(plan.result!['stat'] as Dict)).toMatchObject(facts);
    expect(plan.changes).toEqual([]);
  });
});

test.each<[string, object | string]>([
  ['/f', { content: 'eA==', source: '/f', encoding: 'base64' }],
  ['/none', 'file not found: /none'],
  ['/d', 'source is a directory and must be a file: /d'],
])('slurp %s', async (src, expected) => {
  const { plan } = await planOf(slurp, { src }, { files: { '/f': 'x', '/d/x': '' }, answers: [[/^ls -d/, 2]] });
  expect(plan.failed ?? plan.result).toEqual(expected);
});

describe('find', () => {
  const nonce = (script: string) => /'([0-9a-f]{32})\|/.exec(script)?.[1] ?? '';
  const record = (path: string, mode: string, size: number, mtime: number) =>
    `|${mode}|0|0|${size}|1|${mtime}|1|9|1|1|8|root|root|${path}\n`;
  const listing = [
    record('/d//a.log', '81a4', 10, 900),
    record('/d//b.txt', '8180', 2000, 500),
    record('/d//.hidden', '81a4', 1, 999),
    record('/d//sub', '41ed', 4096, 900),
    record('/d//lnk', 'a1ff', 1, 900),
    record('/d//sub/c.log', '81a4', 5, 100),
  ];
  const deep = (script: string) => !script.includes("-maxdepth '1'");
  const host: FakeHost = {
    files: { '/d/a.log': 'hello\nyou\n', '/d/b.txt': 'nothing', '/d/sub/c.log': 'say hello' },
    answers: [
      [/^date/, '1000\n'],
      [/\[ -d '\/none' \]/, 3],
      [/find/, (script) => (deep(script) ? listing : listing.slice(0, 5)).map((line) => nonce(script) + line).join('')],
    ],
  };

  test.each<[Record<string, Raw>, string[]]>([
    [{}, ['/d/a.log', '/d/b.txt']],
    [{ hidden: true }, ['/d/a.log', '/d/b.txt', '/d/.hidden']],
    [{ recurse: true }, ['/d/a.log', '/d/b.txt', '/d/sub/c.log']],
    [{ recurse: true, depth: 1 }, ['/d/a.log', '/d/b.txt']],
    [{ recurse: true, patterns: '*.log' }, ['/d/a.log', '/d/sub/c.log']],
    [{ recurse: true, patterns: '*.log', excludes: 'a*' }, ['/d/sub/c.log']],
    [{ patterns: '^b\\.', use_regex: true }, ['/d/b.txt']],
    [{ file_type: 'directory' }, ['/d/sub']],
    [{ file_type: 'link' }, ['/d/lnk']],
    [{ file_type: 'any' }, ['/d/a.log', '/d/b.txt', '/d/lnk', '/d/sub']],
    [{ size: '1k' }, ['/d/b.txt']],
    [{ size: '-1k' }, ['/d/a.log']],
    [{ age: '5m' }, ['/d/b.txt']],
    [{ age: '-5m' }, ['/d/a.log']],
    [{ mode: '0600' }, ['/d/b.txt']],
    [{ mode: 'g=r', exact_mode: false }, ['/d/a.log']],
    [{ contains: 'hel+o' }, ['/d/a.log']],
    [{ contains: 'y.u', read_whole_file: true }, ['/d/a.log']],
    [{ recurse: true, limit: 1 }, ['/d/a.log']],
    [{ contains: 'hel+o', encoding: 'latin-1' }, ['/d/a.log']],
  ])('%p', async (args, paths) => {
    const { plan } = await planOf(find, { paths: '/d', ...args }, host);
    const files = plan.result!['files'] as Dict[];
    expect(files.map((file) => file.get('path'))).toEqual(paths);
    expect(plan.result!['matched']).toBe(paths.length);
  });

  test('a folder that is not there is named', async () => {
    const { plan } = await planOf(find, { paths: ['/none', '/d'] }, host);
    expect(plan.result).toMatchObject({
      skipped_paths: new Map([['/none', "'/none' is not a directory"]]),
      msg: 'Not all paths examined, check warnings for details',
      examined: 5,
    });
  });

  test('an encoding that is not known is the problem of the folder', async () => {
    const { plan } = await planOf(find, { paths: '/d', contains: 'x', encoding: 'none-such' }, host);
    expect(plan.result!['skipped_paths']).toEqual(new Map([['/d', 'unknown encoding: none-such']]));
  });

  test.each<[Record<string, Raw>, string]>([
    [{ age: 'old' }, 'failed to process age'],
    [{ size: 'big' }, 'failed to process size'],
    [{ limit: 0 }, 'limit cannot be 0 (use None for unlimited)'],
  ])('%p', async (args, failed) => {
    expect((await planOf(find, { paths: '/d', ...args }, host)).plan.failed).toBe(failed);
  });

  test('measures', () => {
    expect([parseAge('-2h'), parseAge('10'), parseBytes('1M'), parseBytes('1x')]).toEqual([
      -7200,
      10,
      1048576,
      undefined,
    ]);
  });
});

describe('fetch', () => {
  const local = mkdtempSync(join(tmpdir(), 'fetch-'));
  mkdirSync(join(local, 'out/web1'), { recursive: true });
  writeFileSync(join(local, 'out/web1/same'), 'same');
  afterAll(() => rmSync(local, { recursive: true }));
  const { scope } = fakeController();
  const from = (host: string) => ({ host, scope: { ...scope, world: { ...scope.world, playbookDir: local } } });
  const files = { '/etc/f': 'x', '/same': 'same', '/d/x': '' };
  const there: FakeHost = { files, answers: [[/^ls -d/, 2]] };

  test.each<[Record<string, Raw>, string[]]>([
    [{ src: '/etc/f', dest: 'out' }, ['out/web1/etc/f']],
    [{ src: '/etc/f', dest: 'out/', flat: true }, ['out/f']],
    [{ src: '/etc/f', dest: 'flat', flat: true }, ['flat']],
    [{ src: '/same', dest: 'out' }, []],
    [{ src: '/none', dest: 'out', fail_on_missing: false }, []],
    [{ src: '/d', dest: 'out', fail_on_missing: false }, []],
  ])('%p', async (args, written_) => {
    const { plan, changes } = await planOf(fetch, args, there, from('web1'));
    expect(plan.failed).toBeUndefined();
    expect(changes).toEqual(written_.map((path) => `download ${join(local, path)}`));
    expect(existsSync(join(local, 'out/web1/etc'))).toBe(false);
  });

  test('a path of the host cannot lead out of the folder', async () => {
    const host = { files: { '/a/../../../etc/f': 'x' } };
    const { changes } = await planOf(fetch, { src: '/a/../../../etc/f', dest: 'out' }, host, from('web1'));
    expect(changes).toEqual([`download ${join(local, 'out/web1/etc/f')}`]);
  });

  test.each<[Record<string, Raw>, string, string]>([
    [{ src: '/etc/f', dest: 'out' }, '../../escape', 'Detected directory traversal'],
    [{ src: '/etc/f', dest: 'out' }, '..', 'Detected directory traversal'],
    [{ src: '/none', dest: 'out' }, 'web1', 'the remote file does not exist'],
    [{ src: '/d', dest: 'out' }, 'web1', 'remote file is a directory, fetch cannot work on directories'],
    [{ src: '/etc/f', dest: 'out', flat: true }, 'web1', 'dest is an existing directory'],
  ])('%p from %s', async (args, host, failed) => {
    expect((await planOf(fetch, args, there, from(host))).plan.failed).toContain(failed);
  });
});

describe('assemble', () => {
  const nonce = (script: string) => /'([0-9a-f-]{36})\|/.exec(script)?.[1] ?? '';
  const record = (path: string) => `|81a4|0|0|5|1|1|1|9|1|1|8|root|root|${path}\n`;
  const host: FakeHost = {
    files: { '/p/b': 'two\n', '/p/a': 'one', '/p/.c': 'hidden\n', '/out': 'hidden\none\ntwo\n' },
    answers: [[/find/, (script) => ['/p//b', '/p//a', '/p//.c'].map((path) => nonce(script) + record(path)).join('')]],
  };

  test.each<[Record<string, Raw>, string | undefined]>([
    [{ dest: '/new' }, 'hidden\none\ntwo\n'],
    [{ dest: '/out' }, undefined],
    [{ dest: '/new', ignore_hidden: true }, 'one\ntwo\n'],
    [{ dest: '/new', regexp: '^b$' }, 'two\n'],
    [{ dest: '/new', ignore_hidden: true, delimiter: '--\\n==' }, 'one\n--\n==\ntwo\n'],
  ])('%p', async (args, text) => {
    const { plan } = await planOf(assemble, { src: '/p', ...args }, host);
    expect(written(plan, args['dest'] as string)).toBe(text);
  });
});
