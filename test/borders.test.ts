import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = resolve('src');

/** Rooms from the top down; those of one line may not know each other. */
const ORDER = [
  ['cli'],
  ['api'],
  ['lab', 'engine/executor', 'engine/lint', 'engine/report'],
  ['engine/plan'],
  ['engine/modules', 'engine/output', 'engine/journal'],
  ['engine/vars', 'engine/remote', 'engine/store'],
  ['engine/playbook', 'engine/inventory'],
  ['engine/template'],
  ['engine/yaml', 'engine/vault'],
  ['engine/model', 'engine/files'],
];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function roomOf(path: string): string {
  const parts = relative(ROOT, path).split('/');
  return parts[0] === 'engine' ? `engine/${parts[1]}` : parts[0]!;
}

function level(room: string): number {
  return ORDER.findIndex((rooms) => rooms.includes(room));
}

function imports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => resolve(dirname(path), specifier));
}

describe('rooms', () => {
  const all = files(ROOT);

  test('every file stands in a room', () => {
    const rooms = new Set(all.map(roomOf));
    expect([...rooms].filter((room) => level(room) < 0)).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  test('imports go downward only', () => {
    const upward = all.flatMap((path) =>
      imports(path)
        .filter((target) => roomOf(target) !== roomOf(path) && level(roomOf(target)) <= level(roomOf(path)))
        .map((target) => `${relative(ROOT, path)} imports ${relative(ROOT, target)}`),
    );
    expect(upward).toEqual([]);
  });

  test('the model imports nothing but itself', () => {
    const outside = all
      .filter((path) => roomOf(path) === 'engine/model')
      .filter((path) => imports(path).some((target) => roomOf(target) !== 'engine/model'));
    expect(outside).toEqual([]);
  });
});
