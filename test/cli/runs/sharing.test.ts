import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtProgram } from '../../lab/program.ts';
import { type Answer, run } from '../../lab/run.ts';

const CANARY = 'canary-K10-5ec2e7';

describe('runs of one user share', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sharing-'));
  const state = join(folder, 'state');
  const env = { ...process.env, TSPLAY_STATE_DIR: state };
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => rmSync(state, { recursive: true, force: true }));

  const tsplay = (...args: string[]): Promise<Answer> => run(process.execPath, [builtProgram(), ...args], '', env);
  const write = (name: string, hosts: string, tasks: string): string[] => {
    const path = join(folder, name);
    writeFileSync(path, `- hosts: ${hosts}\n  connection: local\n  gather_facts: false\n  tasks:\n${tasks}`);
    return ['run', path, '-i', `${hosts},`];
  };
  const share = (more = '') =>
    write('share.yml', 's1', `    - export: {cluster: prod, kind: server, facts: {token: ${CANARY}}${more}}\n`);
  const collecting = `    - collect: {cluster: prod, kind: server, timeout: 60}\n      register: servers\n`;

  test('while one waits the other shares', async () => {
    const args = write('collect.yml', 'a1', `${collecting}    - debug: {msg: "from {{ servers.hosts }}"}\n`);
    const waiting = spawn(process.execPath, [builtProgram(), ...args], { env });
    let [said, shared]: [string, Promise<Answer> | undefined] = ['', undefined];
    waiting.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('TASK [collect]')) shared ??= tsplay(...share());
    });
    const code = await new Promise((resolve) => waiting.on('close', resolve));
    expect(await shared).toMatchObject({ code: 0 });
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining("from ['s1']") });
  });

  test('a run that goes on has what it collected, and hides it still', async () => {
    await tsplay(...share());
    const stop = join(folder, 'go');
    const token = join(folder, 'token');
    const fact = '    - set_fact: {joined: "{{ servers.entries[0].facts.token }}"}\n';
    const args = write(
      'join.yml',
      'a1',
      `${collecting}${fact}    - command: test -e ${stop}\n    - debug: {msg: "with {{ joined }}"}\n    - copy: {content: "{{ joined }}", dest: ${token}}\n`,
    );
    expect((await tsplay(...args, '-vvvv', '--diff')).code).toBe(2);
    await tsplay('store', 'remove', 'prod', 'server', 's1');
    writeFileSync(stop, '');
    const resumed = await tsplay('resume');
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain('with ********');
    expect(readFileSync(token, 'utf8')).toBe(CANARY);
    expect(resumed.stdout + resumed.stderr).not.toContain(CANARY);
    const kept = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const all = kept.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('');
    expect(all).not.toContain(CANARY);
  });

  test('a rollback says that what was shared is not taken back', async () => {
    await tsplay(...share());
    const { stdout } = await tsplay('rollback', '--check');
    expect(stdout).toContain('withdraw it by: tsplay store remove prod server s1');
  });

  test('somebody looks at it, and removes it', async () => {
    expect(await tsplay('store')).toMatchObject({ stdout: `nothing is shared in ${join(state, 'store')}\n` });
    await tsplay(...share(''));
    expect((await tsplay('store', 'list', 'prod')).stdout).toMatch(/^CLUSTER .*\nprod +server +s1 +ok +20/);
    const shown = JSON.parse((await tsplay('store', 'show', 'prod', 'server', 's1')).stdout);
    expect(shown).toMatchObject({ host: 's1', facts: { token: '********' } });
    const listed = JSON.parse((await tsplay('store', 'list', '--json')).stdout);
    expect(listed.entries).toMatchObject([{ cluster: 'prod', kind: 'server', host: 's1', state: 'ok' }]);
    expect((await tsplay('store', 'prune')).stdout).toBe('nothing to remove\n');
    expect((await tsplay('store', 'remove', 'prod', 'server', 's1')).stdout).toBe('removed prod server s1\n');
  });

  test.each<[string[], Record<string, string>, string]>([
    [['store', 'forget'], {}, '"store" knows no "forget"'],
    [['store', 'show', 'prod'], {}, 'name a cluster, a kind and a host'],
    [['store', 'show', 'prod', 'server', 's9'], {}, 'there is no server of s9 in cluster prod'],
    [['store'], { TSPLAY_STORE: 'redis://x' }, "the store: 'redis://x' is no address"],
    [['store'], { TSPLAY_STORE: 'etcd://me:pw@x' }, 'its address must not hold a password'],
    [['store', 'show', 'a', 'b', 'c'], { TSPLAY_STORE: `file://${folder}` }, 'a store that others use too needs a key'],
    [['store', 'show', 'a', 'b', 'c'], { TSPLAY_STORE_KEY: 'short' }, 'is shorter than 12 characters'],
    [
      ['store', 'show', 'a', 'b', 'c'],
      { TSPLAY_STORE_KEY_FILE: '/none' },
      'the key of the store, /none, cannot be read',
    ],
    [['store', 'show', 'a', 'b', 'c'], { TSPLAY_STORE_VAULT_ID: 'x' }, 'there is no vault password x'],
  ])('%j with %j is refused', async (args, more, message) => {
    const { code, stderr } = await run(process.execPath, [builtProgram(), ...args], '', { ...env, ...more });
    expect({ code: code > 0, stderr }).toEqual({ code: true, stderr: expect.stringContaining(message) });
    expect(stderr).not.toContain('pw');
  });
});
