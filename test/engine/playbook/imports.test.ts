import { describe, expect, test } from '@jest/globals';
import type { Item } from '../../../src/engine/model/playbook.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import { load, outline, plain, plainScope, tasksOf } from './fixture.ts';

const TASK = '- {name: inner, ping: }\n';

/** Values of a keyword from the task outwards. */
function around(item: Item, name: 'tags' | 'when'): unknown[] {
  const own = item.keywords[name];
  return [...(own ? [plain(own as Raw)] : []), ...(item.parent ? around(item.parent, name) : [])];
}

describe('import_tasks', () => {
  test.each<[string, Record<string, string>]>([
    ['beside the playbook', { 'a.yml': TASK }],
    ['in a folder', { 'sub/a.yml': TASK }],
  ])('%s', (_, files) => {
    const [file] = Object.keys(files);
    const { plays } = load({ ...files, 'site.yml': `- hosts: all\n  tasks: [import_tasks: ${file}]\n` });
    expect(outline(plays[0]!.tasks)).toEqual([['inner']]);
  });

  test('a file names others beside itself', () => {
    const { plays } = load({
      'site.yml': '- hosts: all\n  tasks: [import_tasks: sub/a.yml]\n',
      'sub/a.yml': '- import_tasks: b.yml\n',
      'sub/b.yml': TASK,
      'b.yml': '- {name: wrong, ping: }\n',
    });
    expect(outline(plays[0]!.tasks)).toEqual([[['inner']]]);
  });

  test('its keywords hold for what is imported', () => {
    const { plays } = load({
      'site.yml':
        '- hosts: all\n  tasks:\n    - {import_tasks: a.yml, tags: t, when: c, vars: {v: 1}, register: r, become: yes}\n',
      'a.yml': '- {name: inner, ping: , tags: own, when: d}\n',
    });
    const [task] = tasksOf(plays[0]!.tasks);
    expect([around(task!, 'tags'), around(task!, 'when')]).toEqual([
      [['own'], ['t']],
      [['<d>'], ['<c>']],
    ]);
    expect(task!.parent).toMatchObject({ origin: 'import', keywords: { become: true, vars: new Map([['v', 1]]) } });
    expect(task!.parent!.keywords).not.toHaveProperty('register');
  });

  test.each<[string, string, Record<string, Raw>]>([
    ['a variable of the play', '- hosts: all\n  vars: {f: a}\n  tasks: [import_tasks: "{{ f }}.yml"]\n', {}],
    ['its own variable', '- hosts: all\n  tasks: [{import_tasks: "{{ f }}.yml", vars: {f: a}}]\n', {}],
    ['a variable of a file', '- hosts: all\n  vars_files: v.yml\n  tasks: [import_tasks: "{{ g }}.yml"]\n', {}],
    [
      'an extra variable, which wins',
      '- hosts: all\n  vars: {f: b}\n  tasks: [import_tasks: "{{ f }}.yml"]\n',
      { f: 'a' },
    ],
    ['the folder of the playbook', '- hosts: all\n  tasks: [import_tasks: "{{ playbook_dir }}/a.yml"]\n', {}],
  ])('named by %s', (_, site, extra) => {
    const { plays } = load(
      { 'site.yml': site, 'a.yml': TASK, 'v.yml': 'g: a\n' },
      { scope: plainScope(new Map()), extraVars: new Map(Object.entries(extra)) },
    );
    expect(outline(plays[0]!.tasks)).toEqual([['inner']]);
  });

  test('an empty file is a warning', () => {
    const { warnings } = load({ 'site.yml': '- hosts: all\n  tasks: [import_tasks: a.yml]\n', 'a.yml': '' });
    expect(warnings).toEqual(['file a.yml is empty and had no tasks to include']);
  });
});

describe('import_playbook', () => {
  const inner = '- hosts: inner\n  vars: {v: 1, w: 2}\n  tags: own\n  tasks: [{ping: , when: d}]\n';

  test('gives its plays what it says', () => {
    const { plays } = load({
      'site.yml': '- hosts: first\n- {import_playbook: sub/b.yml, tags: t, when: c, vars: {v: 9}}\n- hosts: last\n',
      'sub/b.yml': inner,
    });
    expect(plays.map((play) => play.hosts)).toEqual(['first', 'inner', 'last']);
    const play = plays[1]!;
    expect(play.directory).toMatch(/\/sub$/);
    expect(plain(play.keywords.vars as Raw)).toEqual({ v: 9, w: 2 });
    expect(play.keywords.tags).toEqual(['own', 't']);
    expect(plain([...play.importedWhen])).toEqual(['<c>']);
    expect(around(tasksOf(play.tasks)[0]!, 'when')).toEqual([['<d>'], ['<c>']]);
  });

  test('nested, the outer condition comes first and the outer variable wins', () => {
    const { plays } = load({
      'site.yml': '- {import_playbook: b.yml, when: a, vars: {v: 1}}\n',
      'b.yml': '- {import_playbook: c.yml, when: b, vars: {v: 2}}\n',
      'c.yml': '- hosts: all\n',
    });
    expect(plain([...plays[0]!.importedWhen])).toEqual(['<a>', '<b>']);
    expect(plain(plays[0]!.keywords.vars as Raw)).toEqual({ v: 1 });
  });

  test('a keyword without effect is a warning', () => {
    const { warnings } = load({ 'site.yml': '- {import_playbook: b.yml, become: yes}\n', 'b.yml': '- hosts: all\n' });
    expect(warnings).toEqual(['become on import_playbook has no effect; write it in the plays']);
  });

  test('of a collection by its name', () => {
    const { plays } = load({
      'site.yml': '- import_playbook: ns.col.deploy\n',
      'collections/ansible_collections/ns/col/playbooks/deploy.yml': '- hosts: all\n  roles: [r]\n',
      'collections/ansible_collections/ns/col/roles/r/tasks/main.yml': TASK,
    });
    expect(plays[0]!.roles.map(outline)).toEqual([['ns.col.r : inner']]);
  });
});
