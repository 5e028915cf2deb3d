import { expect, test } from '@jest/globals';
import type { Item } from '../../../src/engine/model/playbook.ts';
import { Deferred, type Value } from '../../../src/engine/model/value.ts';
import { formatListing, type ListingOptions } from '../../../src/engine/playbook/print.ts';
import { tagNames } from '../../../src/engine/playbook/tags.ts';
import { load } from './fixture.ts';

const FILES = {
  'site.yml': `
- name: First
  hosts: web,db
  tags: [pt]
  pre_tasks: [{debug: msg=pre}]
  roles: [{role: a, tags: ra}]
  tasks:
    - {name: one, debug: msg=1, tags: "b, a"}
    - block:
        - {name: in block, ansible.builtin.debug: msg=1}
        - ansible.builtin.debug: msg=1
      rescue: [{name: rescued, ping: }]
      tags: blk
    - include_tasks: t.yml
    - {name: seldom, ping: , tags: never}
- hosts: [x, y]
`,
  'roles/a/tasks/main.yml': '- {name: ta, ping: }\n- ping:\n',
  'roles/a/meta/argument_specs.yml': 'argument_specs: {main: {short_description: d}}\n',
};

const options: ListingOptions = {
  tasks: true,
  tags: false,
  only: [],
  skip: [],
  tagsOf: (play, item) => {
    const found: Value[] = [...((play.keywords.tags ?? []) as Value[])];
    for (let at: Item | undefined = item; at; at = at.parent) found.push(...((at.keywords.tags ?? []) as Value[]));
    return tagNames(found);
  },
  nameOf: (_, raw) => (raw instanceof Deferred ? raw.text : String(raw)),
  patternOf: (_, raw) => String(raw),
};

const ROLE = "      a : Validating arguments against arg spec 'main' - d\tTAGS: [always, pt, ra]\n";
const HEAD = '\nplaybook: site.yml\n\n  play #1 (web,db): First\tTAGS: [pt]\n';
const LAST = '\n  play #2 (x,y): x,y\tTAGS: []\n';

test.each<[string, Partial<ListingOptions>, string]>([
  [
    'tasks',
    {},
    `${HEAD}    tasks:
      debug\tTAGS: [pt]
${ROLE}      a : ta\tTAGS: [pt, ra]
      ping\tTAGS: [pt, ra]
      one\tTAGS: [a, b, pt]
      in block\tTAGS: [blk, pt]
      ansible.builtin.debug\tTAGS: [blk, pt]
      include_tasks\tTAGS: [pt]
${LAST}    tasks:
`,
  ],
  ['tasks of a tag', { only: ['a'] }, `${HEAD}    tasks:\n${ROLE}      one\tTAGS: [a, b, pt]\n${LAST}    tasks:\n`],
  [
    'tasks but those of a tag',
    { only: ['never'], skip: ['always'] },
    `${HEAD}    tasks:\n      seldom\tTAGS: [never, pt]\n${LAST}    tasks:\n`,
  ],
  [
    'tags',
    { tasks: false, tags: true },
    `${HEAD}      TASK TAGS: [a, always, b, blk, pt, ra]\n${LAST}      TASK TAGS: []\n`,
  ],
  [
    'hosts',
    { tasks: false, hostsOf: ({ hosts }) => (hosts === 'web,db' ? ['w1', 'd1'] : []) },
    `${HEAD}    pattern: ['web,db']\n    hosts (2):\n      w1\n      d1\n${LAST}    pattern: ['x', 'y']\n    hosts (0):\n`,
  ],
])('lists %s as Ansible does', (_, more, expected) => {
  const { plays } = load(FILES);
  expect(formatListing('site.yml', plays, { ...options, ...more })).toBe(expected);
});
