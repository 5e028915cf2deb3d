import { describe, expect, test } from '@jest/globals';
import { runFiles } from './support.ts';
import { type Case, tabulate } from './table.ts';

const NINE = `
  - {phase: one, block: [{debug: {msg: 1}}]}
  - {debug: {msg: between}}
  - {phase: {name: two, needs: [one]}, block: [{debug: {msg: 2}}]}
  - phase: outer
    block:
      - {phase: three, block: [{debug: {msg: 3}}]}
      - {phase: {name: four, needs: [three]}, block: [{debug: {msg: 4}}]}
`;

/** Fails until it was mended \`times\` times on a host. */
const flaky = (phase: string, times = 1) => `
  - set_fact: {mends: 0}
  - phase: ${phase}
    block:
      - {debug: {msg: "try {{ mends }}"}}
      - {fail: {msg: "broken"}, when: mends | int < ${times} and inventory_hostname == 'b'}
  - {debug: {msg: after}, when: inventory_hostname == 'b'}
`;
const MEND = 'fix: [{set_fact: {mends: "{{ mends | int + 1 }}"}}, {debug: {msg: mended}}]';
const B = ['-l', 'b'];

const CASES: readonly Case[] = [
  { name: 'run like blocks', tasks: NINE, args: B, says: ['b: 1', 'b: between', 'b: 2', 'b: 3', 'b: 4'] },
  {
    name: 'are left out by name; what needs them is said',
    tasks: NINE,
    args: [...B, '--skip-phase', 'one', '--skip-phase', 'four'],
    says: ['b: between', 'b: 2', 'b: 3'],
    lines: [
      'PHASE [one]',
      'skipping: [b]',
      'PHASE [two]',
      'PHASE [outer]',
      'PHASE [three]',
      'PHASE [four]',
      'skipping: [b]',
    ],
  },
  {
    name: 'are left out before another, but not those around it',
    tasks: NINE,
    args: [...B, '--from-phase', 'four'],
    says: ['b: between', 'b: 4'],
  },
  {
    name: 'are not mended unless asked',
    tasks: flaky(`{name: p, ${MEND}}`),
    says: ['a: try 0', 'b: try 0', 'c: try 0'],
    code: 2,
    recap: ['b failed=1 rescued=0'],
  },
  {
    name: 'are mended and tried again where they failed',
    tasks: flaky(`{name: p, ${MEND}}`),
    args: ['--auto-fix'],
    says: ['a: try 0', 'b: try 0', 'c: try 0', 'b: mended', 'b: try 1', 'b: after'],
    recap: ['a failed=0', 'b failed=0 rescued=1'],
    lines: ['phase p failed on b: fail: broken; mending it, then try 2 of 2'],
  },
  {
    name: 'fail when mending did not help',
    tasks: flaky(`{name: p, ${MEND}}`, 5),
    args: [...B, '--auto-fix'],
    says: ['b: try 0', 'b: mended', 'b: try 1'],
    code: 2,
    recap: ['b failed=1 rescued=1'],
  },
  {
    name: 'are mended as often as retry says',
    tasks: flaky(`{name: p, retry: {times: 3, delay: 0}, ${MEND}}`, 3),
    args: [...B, '--auto-fix'],
    says: ['b: try 0', 'b: mended', 'b: try 1', 'b: mended', 'b: try 2', 'b: mended', 'b: try 3', 'b: after'],
    recap: ['b failed=0 rescued=3'],
  },
  {
    name: 'are tried again without being mended',
    tasks: flaky('{name: p, retry: {times: 1, delay: 0}}'),
    args: B,
    says: ['b: try 0', 'b: try 0'],
    code: 2,
    recap: ['b failed=1 rescued=1'],
  },
  {
    name: 'fail when what mends them fails',
    tasks: flaky('{name: p, fix: [{fail: {msg: no}}]}'),
    args: [...B, '--auto-fix'],
    says: ['b: try 0'],
    code: 2,
    recap: ['b failed=1 rescued=1'],
  },
  {
    name: 'rescue of their block comes before they fail',
    tasks: `
      - phase: {name: p, fix: [{debug: {msg: mended}}]}
        block: [{fail: }]
        rescue: [{debug: {msg: rescued}}]
        always: [{debug: {msg: always}}]
    `,
    args: [...B, '--auto-fix'],
    says: ['b: rescued', 'b: always'],
    recap: ['b failed=0 rescued=1'],
  },
  {
    name: 'with any_errors_fatal are mended on all hosts',
    tasks: `
      - phase: {name: p, fix: [{set_fact: {mended: true}}]}
        any_errors_fatal: true
        block: [{fail: , when: "inventory_hostname == 'b' and mended is undefined"}, {debug: {msg: done}}]
    `,
    args: ['--auto-fix'],
    says: ['a: done', 'b: done', 'c: done'],
  },
  {
    name: 'fix tasks have the keywords of the block, and go with its tags',
    tasks: `
      - phase: {name: p, fix: [{debug: {msg: "{{ word }}"}}, {debug: {msg: other}, tags: other}]}
        vars: {word: said}
        tags: chosen
        block: [{fail: }]
    `,
    args: [...B, '--auto-fix', '--tags', 'chosen', '--skip-tags', 'other'],
    says: ['b: said'],
    code: 2,
  },
  {
    name: 'of whole plays',
    files: {
      'play.yml': `
- hosts: b
  gather_facts: false
  phase: {name: p, fix: [{set_fact: {mended: true}}]}
  roles: [r]
  tasks: [{debug: {msg: task}}, {fail: , when: mended is undefined}]
  post_tasks: [{debug: {msg: post}}]
- hosts: b
  gather_facts: false
  phase: {name: q, needs: [p]}
  tasks: [{debug: {msg: second}}]
`,
      'roles/r/tasks/main.yml': '- debug: {msg: role}\n',
    },
    args: ['--auto-fix'],
    says: ['b: role', 'b: task', 'b: role', 'b: task', 'b: post', 'b: second'],
    recap: ['b failed=0 rescued=1'],
  },
  {
    name: 'of whole plays are left out',
    files: {
      'play.yml': `
- {hosts: a, gather_facts: false, phase: p, tasks: [{debug: {msg: p}}]}
- {hosts: a, gather_facts: false, phase: q, tasks: [{debug: {msg: q}}]}
`,
    },
    args: ['--skip-phase', 'p'],
    says: ['a: q'],
  },
  {
    name: 'do not begin if one they need failed on another host',
    files: {
      'play.yml': `
- {hosts: "a,b", gather_facts: false, phase: p, tasks: [{fail: {msg: no}, when: "inventory_hostname == 'a'"}]}
- {hosts: "b,c", gather_facts: false, phase: {name: q, needs: p}, tasks: [{debug: {msg: q}}]}
`,
    },
    says: ['b: q'],
    code: 2,
    recap: ['a failed=1', 'c failed=1'],
  },
  {
    name: 'of two tries run a role again',
    tasks: `
      - phase: {name: p, retry: {times: 1, delay: 0}}
        block: [{import_role: {name: r}}, {fail: , when: true}]
    `,
    args: B,
    code: 2,
    says: ['b: role', 'b: role'],
    files: { 'roles/r/tasks/main.yml': '- debug: {msg: role}\n' },
  },
];

tabulate('phases', CASES);

const asPlay = (tasks: string) => `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.replaceAll('\n', '\n  ')}`;

describe('choosing phases', () => {
  test.each([
    { args: ['--skip-phase', 'thre'], message: 'there is no phase "thre"', hint: 'did you mean "three"?' },
    {
      args: ['--from-phase', 'x'],
      message: 'there is no phase "x"',
      hint: 'the phases are one, two, outer, three, four',
    },
  ])('$args is refused', async ({ args, message, hint }) => {
    await expect(runFiles({ 'play.yml': asPlay(NINE) }, args)).rejects.toMatchObject({ message, hint });
  });

  test('says what needs a phase that is left out by name', async () => {
    const { events } = await runFiles({ 'play.yml': asPlay(NINE) }, ['--skip-phase', 'one']);
    expect(events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))).toEqual([
      'phase "one" is left out, though "two" needs it',
    ]);
  });
});

describe('events of phases', () => {
  const eventsOf = async (tasks: string, args: readonly string[]) => {
    const { events } = await runFiles({ 'play.yml': asPlay(tasks) }, args);
    return events;
  };

  test('tell who began, and how it ended for each host', async () => {
    const events = await eventsOf(flaky(`{name: p, purpose: To see., ${MEND}}`), ['--auto-fix']);
    const start = events.filter((event) => event.type === 'phase-start');
    expect(start).toEqual([
      expect.objectContaining({
        phase: expect.objectContaining({ name: 'p', purpose: 'To see.', needs: [] }),
        hosts: ['a', 'b', 'c'],
      }),
    ]);
    const [end] = events.filter((event) => event.type === 'phase-end');
    expect([...(end?.hosts ?? [])].sort().map(([host, { status, tries }]) => [host, status, tries])).toEqual([
      ['a', 'completed', 1],
      ['b', 'fixed', 2],
      ['c', 'completed', 1],
    ]);
    const order = events.map(({ type }) => type).filter((type) => /phase|run-/.test(type));
    expect(order).toEqual(['run-start', 'phase-start', 'phase-retry', 'phase-end', 'run-end']);
  });

  test('tell why it failed, but not what no_log hides', async () => {
    const tasks = `
  - {phase: p, block: [{fail: {msg: "first\\nsecond"}, when: "inventory_hostname == 'a'"},
      {fail: {msg: hidden}, no_log: true, when: "inventory_hostname == 'b'"}]}
`;
    const end = (await eventsOf(tasks, [])).find((event) => event.type === 'phase-end');
    expect([...(end?.hosts ?? [])].map(([host, { status, error }]) => [host, status, error]).sort()).toEqual([
      ['a', 'failed', 'fail: first'],
      ['b', 'failed', 'fail: its output is hidden (no_log)'],
      ['c', 'completed', undefined],
    ]);
  });

  test('come once a group under strategy free too', async () => {
    const text = `- hosts: all\n  gather_facts: false\n  strategy: free\n  tasks: [{phase: p, block: [{debug: }, {debug: }]}]\n`;
    const { events } = await runFiles({ 'play.yml': text });
    const begun = events.flatMap((event) => (event.type === 'phase-start' ? event.hosts : []));
    const ended = events.flatMap((event) => (event.type === 'phase-end' ? [...event.hosts.keys()] : []));
    expect([begun.sort(), ended.sort()]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });
});
