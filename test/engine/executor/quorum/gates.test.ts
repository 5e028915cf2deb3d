import { describe, expect, test } from '@jest/globals';
import { messages, type Ran, runFiles } from '../support.ts';

/** Three members; a host is well unless a variable says that it is `ill`, or became so in the play. */
const PLAY = `
- name: Upgrade
  hosts: all
  gather_facts: false
  serial: "{{ size | default(1) }}"
`;
const WELL = `[{assert: {that: not (ill is defined and inventory_hostname in ill), quiet: true}}]`;
const WORK = `
  tasks:
    - {debug: {msg: "{{ ansible_play_batch | join(' ') }}"}}
    - {set_fact: {ill: "{{ [breaks] }}"}, when: breaks is defined}
`;

function run(keywords: string, ...args: string[]): Promise<Ran> {
  return runFiles({ 'play.yml': `${PLAY}  ${keywords}${WORK}` }, args);
}

function errors({ events }: Ran): string[] {
  return events.flatMap((event) => (event.type === 'warning' && event.isError ? [event.message] : []));
}

function plays({ events }: Ran): string[] {
  return events.flatMap((event) => (event.type === 'play-start' ? [event.name] : []));
}

/** A play in which b fails and c does not. */
const BROKEN = `
- {hosts: 'b:c', gather_facts: false, tasks: [{fail: {}, when: inventory_hostname == 'b'}]}
`;

const HEALTH = `serial_health: ${WELL}`;

describe('serial_health', () => {
  test('stands before the first batch, between batches and after the last one', async () => {
    const ran = await run(HEALTH);
    expect(ran.code).toBe(0);
    expect(plays(ran)).toEqual([
      'Upgrade: health before batch 1 of 3 (a)',
      'Upgrade',
      'Upgrade: health before batch 2 of 3 (b)',
      'Upgrade',
      'Upgrade: health before batch 3 of 3 (c)',
      'Upgrade',
      'Upgrade: health after batch 3 of 3',
    ]);
    expect(messages(ran)).toEqual(['a: a', 'b: b', 'c: c']);
    expect(ran.recap.get('a')).toMatchObject({ ok: 1, failed: 0 });
  });

  test('keeps the play from beginning', async () => {
    const ran = await run(HEALTH, '-e', '{"ill": ["c"]}');
    expect(ran.code).toBe(2);
    expect(messages(ran)).toEqual([]);
    expect(errors(ran)).toEqual([
      'Upgrade ends before batch 1 of 3 (a): health was not reached on c; not touched: a, b, c',
    ]);
  });

  test('ends it after a batch that broke something; those after it are not touched', async () => {
    const ran = await run(HEALTH, '-e', 'breaks=a');
    expect(ran.code).toBe(2);
    expect(messages(ran)).toEqual(['a: a']);
    expect(errors(ran)).toEqual([
      'Upgrade ends before batch 2 of 3 (b): health was not reached on a; not touched: b, c',
    ]);
    expect(ran.recap.get('a')).toMatchObject({ failed: 1, ignored: 0 });
    expect(ran.recap.has('b')).toBe(false);
  });

  test('ends the run after the last batch too', async () => {
    const ran = await run(HEALTH, '-e', 'breaks=a', '-e', 'size=3');
    expect(errors(ran)).toEqual(['Upgrade ends in the end: health was not reached on a']);
    expect(ran.code).toBe(2);
  });

  test('asks the hosts that it names, also those that the play leaves out', async () => {
    const ran = await run(`serial_health: {hosts: 'all:!b', tasks: ${WELL}}`, '-l', 'b', '-e', '{"ill": ["b"]}');
    expect(ran.code).toBe(0);
    const asked = ran.events.flatMap((event) => (event.type === 'play-start' ? [event.hosts.join('')] : []));
    expect(asked).toEqual(['ac', 'b', 'ac']);
  });

  test('asks those again that are not well yet', async () => {
    const health = `serial_health: {retry: {times: 2, delay: 0}, tasks: [{set_fact: {asked: "{{ asked | default(0) | int + 1 }}"}}, {assert: {that: asked | int > 1 or inventory_hostname != 'b'}}]}`;
    const ran = await run(health);
    const asked = ran.events.flatMap((event) => (event.type === 'play-start' ? [event.hosts.join('')] : []));
    expect(asked.slice(0, 3)).toEqual(['abc', 'b', 'abc']);
    expect(ran.code).toBe(0);
  });

  test('is told in check mode, and not asked', async () => {
    const ran = await run(HEALTH, '--check', '-e', '{"ill": ["c"]}');
    expect(plays(ran)).toEqual(['Upgrade', 'Upgrade', 'Upgrade']);
    const told = ran.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(told).toEqual([
      'check mode does not ask for the health of a, b, c, as a run would around each of 3 batches',
    ]);
  });
});

describe('strategy quorum', () => {
  const QUORUM = 'strategy: quorum';

  test('lets batches go that leave a majority', async () => {
    const ran = await run(QUORUM);
    expect(ran.code).toBe(0);
    expect(messages(ran)).toEqual(['a: a', 'b: b', 'c: c']);
  });

  test('refuses before anything runs what would take a majority down', async () => {
    const refused = run(QUORUM, '-e', 'size=2');
    await expect(refused).rejects.toThrow('2 of 3 members of all in one batch (a, b) leave 1; 2 are needed');
    await expect(refused).rejects.toMatchObject({ position: { line: 2 }, hint: 'the group can spare 1: serial: 1' });
  });

  test('counts members that --limit leaves out', async () => {
    expect((await run(QUORUM, '-l', 'a', '-e', 'size=2')).code).toBe(0);
    await expect(run(QUORUM, '-l', 'a,b', '-e', 'size=2')).rejects.toThrow('2 of 3 members of all');
  });

  test('counts hosts that failed before', async () => {
    const ran = await runFiles({ 'play.yml': `${BROKEN}${PLAY}  ${QUORUM}${WORK}` });
    expect(ran.code).toBe(2);
    expect(messages(ran)).toEqual([]);
    expect(errors(ran)[0]).toBe(
      '1 of 3 members of all in one batch (a), with b down already, leaves 1; 2 are needed (the group can spare 1: serial: 1); not touched: a, c',
    );
  });

  test('counts members of whom health says that they are down', async () => {
    const ran = await run(`${QUORUM}\n  quorum: {health: ${WELL}}`, '-e', '{"ill": ["c"]}');
    expect(ran.code).toBe(2);
    expect(errors(ran)[0]).toContain(
      '1 of 3 members of all in one batch (a), with c down already, leaves 1; 2 are needed',
    );
    expect(messages(ran)).toEqual([]);
  });

  test('lets a member that is down be mended', async () => {
    const ran = await run(`${QUORUM}\n  quorum: {health: ${WELL}}`, '-e', '{"ill": ["c"]}', '-l', 'c');
    expect(ran.code).toBe(0);
    expect(messages(ran)).toEqual(['c: c']);
    expect(ran.recap.get('c')).toMatchObject({ ok: 1, failed: 0 });
  });

  test('keeps as many as are needed', async () => {
    expect((await run(`${QUORUM}\n  quorum: {needs: 1}`, '-e', 'size=2')).code).toBe(0);
    await expect(run(`${QUORUM}\n  quorum: {needs: 3}`)).rejects.toThrow('1 of 3 members of all in one batch (a)');
    await expect(run(`${QUORUM}\n  quorum: {needs: 4}`)).rejects.toThrow('4 of the 3 members of all cannot be needed');
    await expect(run(`${QUORUM}\n  quorum: nobody`)).rejects.toThrow('quorum: there are no hosts in nobody');
  });
});
