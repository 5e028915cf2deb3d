import { describe, expect, test } from '@jest/globals';
import type { Play } from '../../../src/engine/model/playbook.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import { load, outline, plain } from './fixture.ts';

function playOf(text: string): Play {
  return load({ 'site.yml': text }).plays[0]!;
}

describe('keywords with a member of their own', () => {
  test.each<[string, keyof Play, unknown]>([
    ['hosts: a', 'hosts', 'a'],
    ['hosts: [a, "{{ b }}"]', 'hosts', ['a', '<{{ b }}>']],
    ['gather_facts: no', 'gatherFacts', false],
    ['gather_facts: "{{ a }}"', 'gatherFacts', '<{{ a }}>'],
    ['gather_subset: min', 'gatherSubset', ['min']],
    ['gather_timeout: 5', 'gatherTimeout', 5],
    ['fact_path: /a', 'factPath', '/a'],
    ['vars_files: a.yml', 'varsFiles', ['a.yml']],
    ['vars_files: [a.yml, [b.yml, "{{ c }}"]]', 'varsFiles', ['a.yml', ['b.yml', '<{{ c }}>']]],
    ['serial: 2', 'serial', [2]],
    ['serial: [1, "50%"]', 'serial', [1, '50%']],
    ['strategy: free', 'strategy', 'free'],
    ['order: sorted', 'order', 'sorted'],
    ['force_handlers: true', 'forceHandlers', true],
  ])('%s', (text, member, expected) => {
    const hosts = text.startsWith('hosts') ? '' : '  hosts: x\n';
    expect(plain(playOf(`- ${text}\n${hosts}`)[member] as Raw)).toEqual(expected);
  });

  test('questions', () => {
    const { varsPrompt } = playOf(
      '- hosts: a\n  vars_prompt:\n    - {name: x}\n    - {name: y, prompt: Why, default: z, private: no, confirm: yes, encrypt: sha512_crypt, salt_size: 7}\n',
    );
    expect(varsPrompt).toMatchObject([
      { name: 'x', prompt: 'x', private: true, confirm: false, unsafe: false },
      { name: 'y', prompt: 'Why', default: 'z', private: false, confirm: true, encrypt: 'sha512_crypt', saltSize: 7 },
    ]);
  });
});

test('the rest of the keywords', () => {
  const { keywords } = playOf(
    '- hosts: a\n  name: n\n  user: u\n  become: yes\n  tags: [t]\n  vars: {v: "{{ w }}"}\n  max_fail_percentage: 30%\n  connection: local\n  collections: [a.b]\n',
  );
  expect(Object.fromEntries(Object.entries(keywords).map(([name, value]) => [name, plain(value as Raw)]))).toEqual({
    name: 'n',
    remote_user: 'u',
    become: true,
    tags: ['t'],
    vars: { v: '<{{ w }}>' },
    max_fail_percentage: 30,
    connection: 'local',
    collections: ['a.b'],
  });
});

test('sections keep their tasks and blocks in order', () => {
  const play = playOf(`
- hosts: a
  pre_tasks: [{name: p, ping: }]
  tasks:
    - name: one
      ping:
    - block: [{name: two, ping: }]
      rescue: [{name: three, ping: }]
      always: [{name: four, ping: }]
    -
  post_tasks: [{name: five, ping: }]
  handlers: [{name: h, ping: , listen: l}]
`);
  expect([play.preTasks, play.tasks, play.postTasks].map(outline)).toEqual([
    ['p'],
    ['one', { block: ['two'], rescue: ['three'], always: ['four'] }],
    ['five'],
  ]);
  expect(play.handlers).toMatchObject([{ kind: 'task', isHandler: true, keywords: { listen: ['l'] } }]);
});

test('with onError every mistake of a file is told, and the rest is there', () => {
  const said: string[] = [];
  const { plays } = load(
    {
      'site.yml':
        '- hosts: a\n  tasks:\n    - pong:\n    - {name: good, ping: }\n    - {ping: , become: perhaps}\n- nonsense: 1\n',
    },
    { onError: (error) => void said.push(`${error.position?.line}: ${error.message}`) },
  );
  expect(said.map((each) => each.slice(0, 40))).toEqual([
    "3: couldn't resolve module/action 'pong'",
    "5: the field 'become' has an invalid val",
    "6: 'nonsense' is not a valid attribute f",
    "6: the field 'hosts' is required but was",
  ]);
  expect(outline(plays[0]!.tasks)).toEqual(['good', 'ping']);
});

test('a key that stands twice is a warning', () => {
  const { warnings } = load({ 'site.yml': '- hosts: a\n  tasks:\n    - ping:\n      ping:\n' });
  expect(warnings).toEqual(['duplicate key "ping" (first on line 3); the last one is used']);
});
