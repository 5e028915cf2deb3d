import { describe, expect, test } from '@jest/globals';
import type { Dict } from '../../../src/engine/model/value.ts';
import { messages, type Ran, runFiles } from './support.ts';

let clusters = 0;

/** Plays of their own cluster `{{ cluster }}`. */
function run(plays: string, ...args: string[]): Promise<Ran> {
  return runFiles({ 'play.yml': plays }, ['-e', `cluster=c${process.pid}-${++clusters}`, ...args]);
}

const play = (keywords: string, ...tasks: string[]) =>
  `- ${keywords}\n  gather_facts: false\n  tasks:\n${tasks.map((task) => `    - ${task}\n`).join('')}`;
const share = (when = 'true') =>
  `{export: {cluster: "{{ cluster }}", kind: k, facts: {token: "secret-{{ inventory_hostname }}"}}, when: ${when}}`;
const take = (from: string, more = 'timeout: 600') =>
  `{collect: {cluster: "{{ cluster }}", kind: k, from: ${from}, at_least: all, ${more}}, register: got}`;
const SAY = '{debug: {msg: "{{ got.hosts }} {{ got.entries | map(attribute=\'facts.token\') | join }}"}}';

function failures({ events }: Ran): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'host-result' || event.status !== 'failed') return [];
    return [`${event.host}: ${String((event.result as Dict).get('msg')).replace(/ \(store: .*/, '')}`];
  });
}

describe('hosts of one run', () => {
  test('share in one play and collect in the next; secrets are hidden in what is told of it', async () => {
    const ran = await run(play('hosts: a:b', share()) + play('hosts: c', take('[a, b]'), SAY));
    expect(ran.code).toBe(0);
    expect(messages(ran)).toEqual(["c: ['a', 'b'] ****************"]);
    expect(JSON.stringify(ran.lines)).not.toContain('secret-');
  });

  test('wait for each other under strategy free', async () => {
    const b = "inventory_hostname == 'b'";
    const waits = take('b').replace('register', 'when: "inventory_hostname == \'a\'", register');
    const ran = await run(play('hosts: a:b\n  strategy: free', waits, `{set_fact: {x: 1}, when: ${b}}`, share(b)));
    expect({ code: ran.code, failed: failures(ran) }).toEqual({ code: 0, failed: [] });
  });

  test.each<[string, string, string]>([
    [
      'in step with those that wait',
      play('hosts: a:b', take('b').replace('register', "when: inventory_hostname == 'a', register")),
      'a: k of cluster C was shared by 0 hosts, and 1 is needed after 0 seconds; missing: b; b will not: it goes in step with those that wait (strategy linear)',
    ],
    [
      'lost',
      play('hosts: b:c', '{fail: {msg: broken}, when: inventory_hostname == "b"}') + play('hosts: a', take('b')),
      'b will not: it failed',
    ],
    ['of another batch', play('hosts: a:b\n  serial: 1', take('b')), 'b will not: it is in another batch of this play'],
    [
      'at the end of their play',
      play('hosts: a:b\n  strategy: free', '{meta: end_host, when: inventory_hostname == "b"}', take('b')),
      'b will not: its part of this play has ended',
    ],
  ])('do not wait for hosts that are %s', async (_, plays, message) => {
    const ran = await run(plays);
    const failed = failures(ran).map((text) => text.replace(/cluster c\d+-\d+/, 'cluster C'));
    expect(failed.find((text) => text.startsWith('a: '))).toContain(message);
  });

  test('do not wait for hosts that wait for them', async () => {
    const other = `"{{ 'b' if inventory_hostname == 'a' else 'a' }}"`;
    const failed = failures(await run(play('hosts: a:b\n  strategy: free', take(other))));
    // Who is told first has failed when the other one is told.
    expect(failed.sort()).toEqual([
      expect.stringMatching(/^a: .*; b will not: it (waits too|failed)$/),
      expect.stringMatching(/^b: .*; a will not: it (waits too|failed)$/),
    ]);
  });

  test('wait for hosts that others may run, as long as they are told', async () => {
    const ran = await run(play('hosts: a', take('elsewhere', 'timeout: 1')));
    expect(failures(ran)).toEqual([expect.stringMatching(/and 1 is needed after \d seconds; missing: elsewhere$/)]);
  });

  test('do in check mode as they would: share nothing, and know nothing of what is not there yet', async () => {
    const ran = await run(
      play('hosts: a', share()) + play('hosts: c', take('[a]'), SAY, '{debug: {msg: after}}'),
      '--check',
    );
    expect(ran.code).toBe(0);
    const statuses = ran.events.flatMap((event) =>
      event.type === 'host-result' ? [`${event.host} ${event.status}`] : [],
    );
    expect(statuses).toEqual(['a changed', 'c unknown', 'c unknown', 'c ok']);
  });
});
