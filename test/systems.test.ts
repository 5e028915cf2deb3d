import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Without where links lead to, which test/docs.test.ts follows. */
const rows = readFileSync('docs/systems.md', 'utf8')
  .replaceAll(/\]\([^)]*\)/g, ']')
  .split('\n')
  .filter((line) => line.startsWith('|'));

/** Tests, and the scenarios of roles. */
const sources = [
  ...filesBelow('test', (name) => name.endsWith('.test.ts')),
  ...filesBelow('roles', (name) => /\/molecule\/.*\.yml$/.test(name)),
].map((path) => readFileSync(path, 'utf8').replace(/\\'/g, "'"));

// "a token ..." and "a token … end" leave something out.
test('the tests that docs/systems.md names are there', () => {
  const names = rows.flatMap((row) => [...row.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? ''));
  expect(names.length).toBeGreaterThan(50);
  const known = (name: string) =>
    sources.some((text) => name.split(/,? *(?:\.\.\.|…)/).every((part) => text.includes(part.trim())));
  expect(names.filter((name) => !known(name))).toEqual([]);
});

test('the files that docs/systems.md names are there', () => {
  const paths = rows.flatMap((row) => row.match(/\b(?:test|roles|playbooks|scripts|inventories)\/[\w./-]*\w/g) ?? []);
  expect([...new Set(paths)].filter((path) => !existsSync(path))).toEqual([]);
});

function filesBelow(folder: string, chosen: (name: string) => boolean): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => chosen(`/${name}`)).map((name) => join(folder, name));
}
