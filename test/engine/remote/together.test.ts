import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Before, Change } from '../../../src/engine/model/change.ts';
import { groupChanges } from '../../../src/engine/remote/apply/together.ts';
import { openConnection } from '../../../src/engine/remote/open.ts';
import type { Connection } from '../../../src/engine/remote/types.ts';

type Write = Extract<Change, { kind: 'write' }>;

const ABSENT: Before = { kind: 'absent' };

function write(path: string, more: Partial<Write> = {}): Write {
  const content = { bytes: Buffer.from(`content of ${path}`) };
  return { kind: 'write', summary: 'write', path, content, attributes: { mode: 0o644 }, before: ABSENT, ...more };
}

const folder = (path: string): Change => ({ kind: 'directory', summary: 'make', path, attributes: {} });
const large = { content: { bytes: Buffer.alloc(600_000) } };

describe('what is made together', () => {
  test.each<[string, Change[], number[]]>([
    ['nothing', [], []],
    [
      'files next to each other',
      [folder('/d'), write('/d/a'), write('/d/b'), folder('/e'), write('/e/a')],
      [1, 2, 1, 1],
    ],
    ['not the same file twice', [write('/a'), write('/b'), write('/a')], [2, 1]],
    ['not what is checked', [write('/a'), write('/b', { validate: 'true %s' }), write('/c')], [1, 1, 1]],
    ['not what is kept', [write('/a'), write('/b', { backup: true })], [1, 1]],
    ['not what is large', [write('/a'), write('/b', large), write('/c', large)], [1, 1, 1]],
    ['not what has flags', [write('/a'), write('/b', { attributes: { chattr: '+i' } })], [1, 1]],
    ['not too many', Array.from({ length: 450 }, (_, n) => write(`/f${n}`)), [200, 200, 50]],
  ])('%s', (_name, changes, sizes) => {
    expect(groupChanges(changes).map((group) => group.length)).toEqual(sizes);
    expect(groupChanges(changes).flat()).toEqual(changes);
  });
});

describe('files written together', () => {
  let connection: Connection;
  let root: string;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'together-'));
    mkdirSync(join(root, 'a'));
    mkdirSync(join(root, 'b'));
    const settings = { name: 'localhost', address: 'localhost', sshArgs: [], hostKeyChecking: true, timeout: 10 };
    connection = await openConnection({ kind: 'local', ...settings });
  });
  afterAll(async () => {
    await connection.close();
    rmSync(root, { recursive: true });
  });
  const modeOf = (path: string) => statSync(path).mode & 0o7777;

  test('have their contents and modes, and nothing else is left', async () => {
    const old = join(root, 'b/old');
    writeFileSync(old, 'old');
    chmodSync(old, 0o600);
    const changes = [
      write(join(root, "a/it's"), { attributes: { mode: 0o4711 } }),
      write(join(root, 'a/.hidden'), { attributes: {} }),
      write(old, { attributes: {}, before: { kind: 'file' } }),
      write(join(root, 'b/-x'), { content: { bytes: Buffer.from([0, 255, 10, 92]) } }),
    ];
    const outcomes = await connection.session().applyTogether(changes);
    expect(outcomes.map(({ rc }) => rc)).toEqual([0, 0, 0, 0]);
    expect(changes.map(({ path }) => modeOf(path))).toEqual([0o4711, 0o666 & ~process.umask(), 0o600, 0o644]);
    for (const { path, content } of changes) {
      expect(readFileSync(path).equals('bytes' in content ? content.bytes : Buffer.alloc(0))).toBe(true);
    }
    expect([readdirSync(join(root, 'a')).sort(), readdirSync(join(root, 'b')).sort()]).toEqual([
      ['.hidden', "it's"],
      ['-x', 'old'],
    ]);
  });

  test('stop at the first that fails', async () => {
    mkdirSync(join(root, 'c/taken'), { recursive: true });
    const paths = ['c/1', 'c/taken', 'c/2'].map((path) => join(root, path));
    const outcomes = await connection.session().applyTogether(paths.map((path) => write(path)));
    expect(outcomes.map(({ rc }) => rc === 0)).toEqual([true, false]);
    expect(outcomes[1]!.stderr.toString()).toContain('taken is a directory');
    expect(readdirSync(join(root, 'c')).sort()).toEqual(['1', 'taken']);
  });
});
