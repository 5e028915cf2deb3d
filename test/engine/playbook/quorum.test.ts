import { describe, expect, test } from '@jest/globals';
import { load, loadError } from './fixture.ts';

const play = (...lines: string[]) => ({ 'site.yml': ['- hosts: all', ...lines.map((line) => `  ${line}`)].join('\n') });

describe('quorum and serial_health are read', () => {
  test('as a pattern', () => {
    const { quorum } = load(play('strategy: quorum', 'quorum: etcd')).plays[0]!;
    expect(quorum).toMatchObject({ group: 'etcd', health: [], position: { line: 3, column: 3 } });
  });

  test('with all they say', () => {
    const { quorum, serialHealth } = load(
      play(
        'strategy: quorum',
        'quorum: {group: [etcd, more], needs: 2, health: [{ping: }]}',
        'serial_health: {hosts: etcd, retry: {times: 3}, tasks: [{ping: }, {block: [{ping: }]}]}',
      ),
    ).plays[0]!;
    expect(quorum).toMatchObject({ group: ['etcd', 'more'], needs: 2, health: [{ action: 'ping' }] });
    expect(serialHealth).toMatchObject({ hosts: 'etcd', retry: { times: 3 }, tasks: [{ action: 'ping' }, {}] });
  });

  test('as tasks alone', () => {
    const { serialHealth } = load(play('serial_health:', '- ping:')).plays[0]!;
    expect(serialHealth).toMatchObject({ tasks: [{ action: 'ping' }], position: { line: 2, column: 3 } });
  });

  test.each<[string[], string]>([
    [['quorum: etcd'], '2:3: `quorum` belongs to `strategy: quorum`'],
    [['strategy: free', 'quorum: etcd'], '3:3: `quorum` belongs to `strategy: quorum`'],
    [['strategy: quorum', 'quorum: {groups: etcd}'], "3:12: 'groups' is not a valid attribute for a Quorum"],
    [['strategy: quorum', 'quorum: {needs: most}'], "3:19: needs: 'most' is no number of hosts"],
    [['serial_health: ping'], '2:18: serial_health is a list of tasks or a dictionary'],
    [['serial_health: {hosts: all}'], '2:3: serial_health has no tasks'],
    [['serial_health: {task: []}'], "2:19: 'task' is not a valid attribute for a SerialHealth"],
    [['serial_health: [{pnig: }]'], "2:20: couldn't resolve module/action 'pnig'"],
    [['serial_health: [{phase: p, block: [{ping: }]}]'], '2:20: a phase cannot stand in what asks how hosts are'],
  ])('%j is a mistake', (lines, message) => {
    expect(loadError(play(...lines))).toContain(message);
  });
});
