import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { builtProgram } from '../../lab/program.ts';
import { type Answer, run } from '../../lab/run.ts';

describe('a rolling upgrade that is guarded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-'));
  const env = { ...process.env, TSPLAY_STATE_DIR: join(folder, 'state') };
  afterAll(() => rmSync(folder, { recursive: true }));

  const tsplay = (...args: string[]): Promise<Answer> => run(process.execPath, [builtProgram(), ...args], '', env);
  /** Members are up while their files are there; the work on b takes its file away. */
  const up = (host: string) => join(folder, 'up', host);
  const log = join(folder, 'log');
  const done = () => readFileSync(log, 'utf8').trim().split('\n');

  test('stops at the member that did not come back, and a resume goes on there', async () => {
    mkdirSync(join(folder, 'up'));
    for (const host of ['a', 'b', 'c']) writeFileSync(up(host), '');
    const play = join(folder, 'play.yml');
    writeFileSync(
      play,
      `- name: Upgrade
  hosts: all
  connection: local
  gather_facts: false
  serial: 1
  strategy: quorum
  serial_health: [{command: "test -e ${folder}/up/{{ inventory_hostname }}"}]
  tasks:
    - shell: "echo {{ inventory_hostname }} >> ${log}; [ {{ inventory_hostname }} != b ] || rm ${up('b')}"
`,
    );
    const stopped = await tsplay('run', play, '-i', 'a,b,c,');
    expect(stopped).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'Upgrade ends before batch 3 of 3 (c): health was not reached on b; not touched: c',
      ),
    });
    expect(done()).toEqual(['a', 'b']);
    const status = await tsplay('status');
    expect(status.stdout).toContain('Upgrade  ');
    expect(status.stdout).not.toContain('Upgrade: health');
    expect(await tsplay('resume')).toMatchObject({ code: 2 });
    expect(done()).toEqual(['a', 'b']);
    writeFileSync(up('b'), '');
    const resumed = await tsplay('resume');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout.match(/^PLAY \[.*\]/gm)).toEqual([
      'PLAY [Upgrade]',
      'PLAY [Upgrade]',
      'PLAY [Upgrade: health before batch 3 of 3 (c)]',
      'PLAY [Upgrade]',
      'PLAY [Upgrade: health after batch 3 of 3]',
    ]);
    expect(done()).toEqual(['a', 'b', 'c']);
  });
});
