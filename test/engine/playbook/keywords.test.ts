import { describe, expect, test } from '@jest/globals';
import { KEYWORDS, keywordsOf, type Owner } from '../../../src/engine/playbook/keywords.ts';
import { load, loadError } from './fixture.ts';

const BASE =
  'any_errors_fatal become become_exe become_flags become_method become_user check_mode connection debugger diff environment ignore_errors ignore_unreachable module_defaults name no_log port remote_user run_once throttle timeout vars';

/** The keywords of ansible-core 2.18 (and `retry`, `undo`, `phase`, `quorum` and `serial_health`, ours), by what carries them. */
const EXPECTED: readonly [Owner, string][] = [
  [
    'Play',
    `${BASE} collections fact_path force_handlers gather_facts gather_subset gather_timeout handlers hosts max_fail_percentage order phase post_tasks pre_tasks quorum roles serial serial_health strategy tags tasks user vars_files vars_prompt`,
  ],
  ['Block', `${BASE} always block collections delegate_facts delegate_to notify phase rescue tags when`],
  [
    'Task',
    `${BASE} action args async changed_when collections delay delegate_facts delegate_to failed_when local_action loop loop_control notify poll register retries retry tags undo until when`,
  ],
  [
    'Handler',
    `${BASE} action args async changed_when collections delay delegate_facts delegate_to failed_when listen local_action loop loop_control notify poll register retries retry tags undo until when`,
  ],
  ['Role', `${BASE} collections delegate_facts delegate_to role tags when`],
  ['PlaybookInclude', `${BASE} import_playbook tags when`],
  [
    'TaskInclude',
    'action args collections debugger ignore_errors local_action loop loop_control name no_log register run_once tags timeout vars when',
  ],
  ['LoopControl', 'break_when extended extended_allitems index_var label loop_var pause'],
  ['Retry', 'backoff delay jitter max times'],
  ['Phase', 'fix name needs purpose retry undo'],
  ['Quorum', 'group health needs'],
  ['SerialHealth', 'hosts retry tasks'],
  ['RoleMetadata', `${BASE} allow_duplicates argument_specs collections dependencies galaxy_info`],
];

test.each(EXPECTED)('keywords of %s', (owner, names) => {
  expect([...keywordsOf(owner).keys()].sort()).toEqual(names.split(' ').sort());
});

test('each keyword is described', () => {
  expect(KEYWORDS.filter(({ doc }) => !doc.endsWith('.'))).toEqual([]);
});

/** What a keyword of each type takes and refuses. */
const VALUES = {
  text: { good: ['x', '5', '"{{ x }}"'], bad: ['[x]', '{x: y}'] },
  static: { good: ['x', '_y1'], bad: ['"{{ x }}"', '1a', '[x]', 'a-b'] },
  bool: { good: ['yes', '"no"', '1', '"{{ x }}"'], bad: ['perhaps', '2', '[yes]', '{a: b}'] },
  int: { good: ['5', '"5"', '"{{ x }}"'], bad: ['five', '1.5', '[5]'] },
  number: { good: ['5', '0.5', '"1e3"', '"{{ x }}"'], bad: ['five', '[5]'] },
  percent: { good: ['5', '30%', '"30.5 %"', '"{{ x }}"'], bad: ['half', '[5]', '{a: b}'] },
  texts: { good: ['x', '[x, y]', '["{{ x }}"]', '"{{ x }}"'], bad: ['[[x]]', '[{a: b}]', '{a: b}'] },
  list: { good: ['x', '[x, [y]]', '"{{ x }}"'], bad: [] },
  raw: { good: ['x', '[x]', '{a: b}', '"{{ x }}"'], bad: [] },
  tags: { good: ['x', '"x, y"', '[x, 1]', '["{{ x }}"]'], bad: ['1', '{a: b}', '[{a: b}]'] },
  conditions: { good: ['x == 1', 'true', '[x, false]', '[]'], bad: ['{a: b}', '[[x]]', '[{a: b}]'] },
  vars: { good: ['{a: 1}', '{}', ''], bad: ['[a]', 'a', '{a-b: 1}', '{1: a}', '{class: a}'] },
  environment: { good: ['{A: b}', '"{{ x }}"', '[{A: b}, "{{ x }}"]'], bad: ['x', '[x]', '[[x]]'] },
  'module-defaults': { good: ['{ping: {data: x}}', '[{ping: {}}]', '{group/k8s: {a: b}}'], bad: ['x', '[x]'] },
  'loop-control': { good: ['{label: x}', '{}'], bad: ['x', '"{{ x }}"', '{labl: x}'] },
  retry: { good: ['{times: 3}', '{times: "{{ x }}", jitter: no}'], bad: ['3', '{tims: 3}', '{times: x}'] },
} as const;

/** A playbook with the keyword where it may stand. */
function carrying(owner: Owner, name: string, value: string): Record<string, string> | undefined {
  const line = `${name}: ${value}`;
  switch (owner) {
    case 'Play':
      return { 'site.yml': `- hosts: all\n  ${line}\n` };
    case 'Block':
      return { 'site.yml': `- hosts: all\n  tasks:\n    - block: []\n      ${line}\n` };
    case 'Task':
      return { 'site.yml': `- hosts: all\n  tasks:\n    - ping:\n      ${line}\n` };
    case 'Handler':
      return { 'site.yml': `- hosts: all\n  handlers:\n    - ping:\n      ${line}\n` };
    case 'TaskInclude':
      return { 'site.yml': `- hosts: all\n  tasks:\n    - include_tasks: a.yml\n      ${line}\n` };
    case 'Role':
      return name === 'name'
        ? undefined
        : { 'site.yml': `- hosts: all\n  roles:\n    - role: r\n      ${line}\n`, 'roles/r/tasks/main.yml': '' };
    case 'LoopControl':
      return { 'site.yml': `- hosts: all\n  tasks:\n    - ping:\n      loop_control:\n        ${line}\n` };
    case 'Retry':
      return { 'site.yml': `- hosts: all\n  tasks:\n    - ping:\n      retry:\n        ${line}\n` };
    case 'RoleMetadata':
      return { 'site.yml': '- hosts: all\n  roles: [r]\n', 'roles/r/meta/main.yml': `${line}\n` };
    case 'PlaybookInclude':
      return { 'site.yml': `- import_playbook: b.yml\n  ${line}\n`, 'b.yml': '- hosts: all\n' };
    default:
      return undefined;
  }
}

const OWNERS: readonly Owner[] = [
  'Play',
  'Block',
  'Task',
  'Handler',
  'TaskInclude',
  'Role',
  'LoopControl',
  'Retry',
  'RoleMetadata',
  'PlaybookInclude',
];

describe.each(OWNERS)('values on %s', (owner) => {
  const specs = [...keywordsOf(owner).values()].filter(({ type }) => type !== 'structure');
  test.each(specs)('$name is $type', ({ name, type, choices }) => {
    const { good, bad } = VALUES[type as keyof typeof VALUES];
    for (const value of choices ?? good) {
      const files = carrying(owner, name, value);
      if (files) expect(() => load(files)).not.toThrow();
    }
    for (const value of choices ? [...bad, 'none-of-them'] : bad) {
      const files = carrying(owner, name, value);
      if (files) expect(loadError(files)).toMatch(/^[\w/]+\.yml:\d+:\d+: ./);
    }
  });
});
