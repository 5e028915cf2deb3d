import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Raw } from '../../../src/engine/model/value.ts';
import { handlersOf } from '../../../src/engine/playbook/role-order.ts';
import { load, outline, plain, tasksOf, withFiles } from './fixture.ts';

const task = (name: string): string => `- {name: ${name}, ping: }\n`;
const site = (roles: string): Record<string, string> => ({ 'site.yml': `- hosts: all\n  roles: ${roles}\n` });

describe('roles of a play', () => {
  test('files of a role', () => {
    const { plays } = load({
      ...site('[a]'),
      'roles/a/tasks/main.yaml': task('t'),
      'roles/a/handlers/main.yml': task('h'),
      'roles/a/defaults/main': 'd: 1\n',
      'roles/a/vars/main/one.yml': 'v: 1\nw: 1\n',
      'roles/a/vars/main/two.yml': 'w: 2\n',
      'roles/a/vars/main/.hidden.yml': 'v: 9\n',
    });
    const [block] = plays[0]!.roles;
    const role = block!.role!;
    expect(outline(block!)).toEqual(['a : t']);
    expect(role.handlers.map(outline)).toEqual(['a : h']);
    expect([plain(role.defaults as Raw), plain(role.vars as Raw)]).toEqual([{ d: 1 }, { v: 1, w: 2 }]);
    expect([role.public, role.allowDuplicates]).toEqual([true, false]);
  });

  test('keywords, parameters and variables of a use', () => {
    const { plays } = load({
      ...site('[{role: a, tags: t, when: c, become: yes, port: 1, size: 2, vars: {v: 3}}]'),
      'roles/a/tasks/main.yml': task('t'),
      'roles/a/vars/main.yml': 'v: 1\n',
    });
    const [block] = plays[0]!.roles;
    expect(plain(block!.keywords.when)).toEqual(['<c>']);
    expect(block!.keywords).toMatchObject({ tags: ['t'], become: true, port: 1 });
    expect([plain(block!.role!.params as Raw), plain(block!.role!.vars as Raw)]).toEqual([{ size: 2 }, { v: 3 }]);
  });

  test('dependencies come first, each after its own, and know who brought them', () => {
    const { plays } = load({
      ...site('[{role: a, tags: outer}]'),
      'roles/a/tasks/main.yml': task('ta'),
      'roles/a/handlers/main.yml': task('ha'),
      'roles/a/meta/main.yml': 'dependencies: [{role: b, tags: dep, size: 1}]\nallow_duplicates: yes\n',
      'roles/b/tasks/main.yml': task('tb'),
      'roles/b/handlers/main.yml': task('hb'),
      'roles/b/meta/main.yml': 'dependencies: [c]\n',
      'roles/c/tasks/main.yml': task('tc'),
    });
    const { roles } = plays[0]!;
    expect(roles.map(outline)).toEqual([['c : tc'], ['b : tb'], ['a : ta']]);
    expect(roles.map(({ role }) => role!.parents.map(({ name }) => name))).toEqual([['b', 'a'], ['a'], []]);
    expect(roles[2]!.role!.allowDuplicates).toBe(true);
    expect(handlersOf(roles[2]!.role!).map(outline)).toEqual(['b : hb', 'a : ha']);
    const tags: unknown[] = [];
    for (let at = tasksOf(roles[0]!)[0]!.parent; at; at = at.parent) tags.push(at.keywords.tags);
    expect(tags).toEqual([undefined, ['dep'], ['outer']]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['in roles beside the playbook', 'a', { 'roles/a/tasks/main.yml': task('t') }],
    ['in a configured folder', 'a', { 'shared-roles/a/tasks/main.yml': task('t') }],
    ['beside the playbook itself', 'a', { 'a/tasks/main.yml': task('t') }],
    ['by a path', './sub/a', { 'sub/a/tasks/main.yml': task('t') }],
    [
      'by the name of its collection',
      'ns.col.a',
      { 'collections/ansible_collections/ns/col/roles/a/tasks/main.yml': task('t') },
    ],
  ])('found %s', (_, name, files) => {
    const { plays } = load({ ...site(`[${name}]`), ...files });
    expect(tasksOf(plays[0]!.roles[0]!).map(({ keywords }) => keywords.name)).toEqual(['t']);
  });

  test('uses that are the same have one identity', () => {
    const { plays } = load({
      ...site(
        '[a, a, {role: a}, {role: a, size: 1}, {role: a, size: "1"}, {role: a, when: c}, {role: a, tags: t}, {role: a, vars: {x: 1}}]',
      ),
      'roles/a/tasks/main.yml': task('t'),
    });
    const identities = plays[0]!.roles.map(({ role }) => role!.identity);
    expect(new Set(identities.slice(0, 3)).size).toBe(1);
    expect(new Set(identities).size).toBe(6);
  });

  test('a declared argument spec is checked by a task of its own, before all others', () => {
    const { plays } = load({
      ...site('[{role: a, x: 1}]'),
      'roles/a/tasks/main.yml': task('t'),
      'roles/a/meta/argument_specs.yml': 'argument_specs: {main: {short_description: d, options: {x: {type: int}}}}\n',
    });
    const [block] = plays[0]!.roles;
    expect(outline(block!)).toEqual(["a : Validating arguments against arg spec 'main' - d", 'a : t']);
    expect(plain(tasksOf(block!)[0]!.args as Raw)).toMatchObject({
      argument_spec: { x: { type: 'int' } },
      provided_arguments: { x: 1 },
      validate_args_context: { argument_spec_name: 'main', name: 'a', type: 'role' },
    });
  });
});

describe('import_role', () => {
  const files = {
    'roles/a/tasks/main.yml': task('main'),
    'roles/a/tasks/other.yml': task('other'),
    'roles/a/vars/other.yml': 'v: other\n',
    'roles/a/defaults/other.yml': 'd: other\n',
  };
  const importing = (text: string): Record<string, string> => ({
    ...files,
    'site.yml': `- hosts: all\n  tasks: [import_role: ${text}]\n`,
  });

  test('stands for a block with the role in it', () => {
    const { plays } = load(importing('{name: a}'));
    expect(outline(plays[0]!.tasks)).toEqual([[['a : main']]]);
    const inner = tasksOf(plays[0]!.tasks)[0]!;
    expect(inner.role).toMatchObject({ name: 'a', public: true, allowDuplicates: true });
    expect(inner.parent?.parent).toMatchObject({ kind: 'block', origin: 'import' });
  });

  test('takes the files it is told', () => {
    const { plays } = load(
      importing('{name: a, tasks_from: other, vars_from: other.yml, defaults_from: other, public: no}'),
    );
    expect(outline(plays[0]!.tasks)).toEqual([[['a : other']]]);
    const { role } = tasksOf(plays[0]!.tasks)[0]!;
    expect([plain(role!.vars as Raw), plain(role!.defaults as Raw), role!.public]).toEqual([
      { v: 'other' },
      { d: 'other' },
      false,
    ]);
  });
});

test('a file is a role without anything', () => {
  const { plays } = load({ 'site.yml': '- hosts: all\n  roles: [r]\n', 'roles/r': 'x' });
  expect(outline(plays[0]!.roles[0]!)).toEqual([]);
});

test('an absolute path stays the name of its role', () => {
  withFiles({ 'elsewhere/r/tasks/main.yml': '- ping:\n' }, (folder) => {
    const path = join(folder, 'elsewhere/r');
    const { plays } = load({ 'site.yml': `- hosts: all\n  roles: [${path}]\n` });
    expect(outline(plays[0]!.roles[0]!)).toEqual([`${path} : ping`]);
  });
});
