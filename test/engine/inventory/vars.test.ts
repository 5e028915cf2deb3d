import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findVarsFiles, VarsFolders } from '../../../src/engine/inventory/vars.ts';
import { VarsFiles } from '../../../src/engine/inventory/vars-files.ts';
import { Deferred } from '../../../src/engine/model/value.ts';
import { withoutSecrets } from '../../../src/engine/template/vaulted.ts';

const folder = mkdtempSync(join(tmpdir(), 'vars-'));
afterAll(() => rmSync(folder, { recursive: true }));

function folders(): VarsFolders {
  return new VarsFolders(new VarsFiles(withoutSecrets()));
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

put('group_vars/all', 'a: 1\n');
put('group_vars/web.yml', 'a: 2\nt: "{{ a }}"\n');
put('group_vars/json.json', '{"a": [1, null]}');
put('group_vars/db/20.yml', 'a: 20\nb: 20\n');
put('group_vars/db/10', 'a: 10\nc: 10\n');
put('group_vars/db/deep/x.yaml', 'd: 1\n');
put('group_vars/db/.hidden.yml', 'z: 1\n');
put('group_vars/db/backup.yml~', 'z: 1\n');
put('group_vars/db/notes.txt', 'z: 1\n');
put('group_vars/db.yml', 'z: 1\n');
put('group_vars/empty.yml', '# nothing\n');
put('group_vars/list.yml', '- a\n');
put('group_vars/broken.yml', 'a: b: c\n');
put('host_vars/10.0.0.1.yml', 'a: 3\n');
put('secret.yml', 'a: 1\n');

describe('files beside an inventory or playbook', () => {
  test.each<[string, Record<string, unknown>]>([
    ['all', { a: 1 }],
    ['json', { a: [1, null] }],
    ['db', { a: 20, c: 10, b: 20, d: 1 }],
    ['empty', {}],
    ['none', {}],
    ['../secret', {}],
    ['', {}],
  ])('of group "%s"', (group, vars) => {
    expect(Object.fromEntries(folders().group(folder, group))).toEqual(vars);
  });

  test('of a host', () => {
    expect(Object.fromEntries(folders().host(folder, '10.0.0.1'))).toEqual({ a: 3 });
    expect(folders().host(join(folder, 'none'), 'h').size).toBe(0);
  });

  test('hold templates', () => {
    expect(folders().group(folder, 'web').get('t')).toBeInstanceOf(Deferred);
  });

  test('are read in order, a folder before a file of its name', () => {
    const names = findVarsFiles(join(folder, 'group_vars'), 'db').map((path) => path.slice(folder.length));
    expect(names).toEqual(['/group_vars/db/10', '/group_vars/db/20.yml', '/group_vars/db/deep/x.yaml']);
  });

  test('are read once a run', () => {
    put('group_vars/twice.yml', 'a: 1\n');
    const run = folders();
    expect(run.group(folder, 'twice').get('a')).toBe(1);
    put('group_vars/twice.yml', 'a: 2\n');
    expect(run.group(folder, 'twice').get('a')).toBe(1);
    expect(folders().group(folder, 'twice').get('a')).toBe(2);
  });

  test.each<[string, string]>([
    ['list', 'a file of variables must be a dictionary'],
    ['broken', 'mapping values are not allowed here'],
  ])('are refused if %s', (group, message) => {
    expect(() => folders().group(folder, group)).toThrow(message);
  });
});
