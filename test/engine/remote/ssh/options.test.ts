import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveOptions } from '../../../../src/engine/remote/connections/ssh/options.ts';
import type { ConnectionSettings } from '../../../../src/engine/remote/types.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settings(config: string, args: string, address: string): ConnectionSettings {
  const file = join(folder, 'config');
  writeFileSync(file, config);
  return { kind: 'ssh', name: 'x', address, sshArgs: [`-F ${file} ${args}`], hostKeyChecking: true, timeout: 7 };
}

/** Configuration, arguments, the host asked for. Each row is also put to `ssh -G`. */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['nothing', '', '', 'h'],
  ['the first value counts', 'User a\nUser b\nPort 23\n', '', 'h'],
  ['arguments before the file', 'User a\nPort 23\n', '-l b -p 24', 'h'],
  ['Host', 'Host other\n User no\nHost h\n User yes\n', '', 'h'],
  ['Host with patterns', 'Host *.com !b.com\n User com\nHost *\n User all\n', '', 'a.com'],
  ['Host refused by a negation', 'Host *.com !b.com\n User com\nHost *\n User all\n', '', 'b.com'],
  ['HostName with the name in it', 'Host h\n HostName %h.example.com\n', '', 'h'],
  ['Match host', 'Match host h,i\n User m\n', '', 'i'],
  ['Match host sees HostName', 'HostName real\nMatch host real\n User m\n', '', 'h'],
  ['Match originalhost', 'HostName real\nMatch originalhost h\n User m\n', '', 'h'],
  ['Match with negation', 'Match !host h\n User m\n', '', 'h'],
  ['Match user', 'Match user bob\n Port 99\n', '-l bob', 'h'],
  ['Match all', 'Match host z\n User no\nMatch all\n User yes\n', '', 'h'],
  ['equals, quotes and case', 'uSeR = "a b"\nPORT=24\n', '', 'h'],
  ['comments', '# User no\n  \nUser yes\n', '', 'h'],
  ['identities add up', 'IdentityFile /a\nIdentityFile /b\n', '-o IdentityFile=/c', 'h'],
  ['tokens', 'IdentityFile ~/%r@%h-%p-%n-%%\nUser u\nPort 5\nHostName n\n', '', 'h'],
  ['known hosts', 'UserKnownHostsFile /a ~/b\nGlobalKnownHostsFile none\n', '', 'h'],
  ['yes and no', 'IdentitiesOnly yes\nForwardAgent yes\nCompression yes\nHashKnownHosts yes\n', '', 'h'],
  ['strictness', 'StrictHostKeyChecking accept-new\n', '', 'h'],
  ['strictness off', 'StrictHostKeyChecking off\n', '', 'h'],
  ['a jump', 'ProxyJump a,b:22\n', '', 'h'],
  ['no jump', 'Host h\n ProxyJump none\nHost *\n ProxyJump a\n', '', 'h'],
  ['a command before a jump', 'ProxyCommand nc %h %p\nProxyJump a\n', '', 'h'],
  ['keepalive and time', 'ServerAliveInterval 5\nServerAliveCountMax 9\nConnectTimeout 4\n', '', 'h'],
  ['HostKeyAlias', 'HostKeyAlias x\n', '', 'h'],
];

const asSsh = existsSync('/usr/bin/ssh') ? describe : describe.skip;
asSsh('options are resolved as ssh -G resolves them', () => {
  test.each(ROWS)('%s', (_name, config, args, host) => {
    const ours = resolveOptions(settings(config, args, host));
    const text = spawnSync('ssh', ['-G', '-F', join(folder, 'config'), ...args.split(' ').filter(Boolean), host], {
      encoding: 'utf8',
    }).stdout;
    const theirs = new Map<string, string[]>();
    for (const line of text.trim().split('\n')) {
      const space = line.indexOf(' ');
      const name = line.slice(0, space);
      theirs.set(name, [...(theirs.get(name) ?? []), line.slice(space + 1)]);
    }
    const one = (name: string) => theirs.get(name)?.[0];
    expect(ours).toMatchObject({
      host: one('hostname'),
      user: one('user'),
      port: Number(one('port')),
      strict: { true: 'yes', false: 'no' }[one('stricthostkeychecking') ?? ''] ?? one('stricthostkeychecking'),
      identitiesOnly: one('identitiesonly') === 'yes',
      forwardAgent: one('forwardagent') === 'yes',
      hashKnownHosts: one('hashknownhosts') === 'yes',
      proxyJump: one('proxyjump')?.split(',') ?? [],
      hostKeyAlias: one('hostkeyalias'),
      warnings: [],
    });
    expect(ours.proxyCommand !== undefined).toBe(one('proxycommand') !== undefined);
    if (config.includes('KnownHosts')) {
      expect(ours.userKnownHosts).toEqual(one('userknownhostsfile')?.split(' ').map(home));
    }
    if (config.includes('ServerAlive')) {
      expect([ours.aliveInterval, ours.aliveCount, ours.connectTimeout].map(String)).toEqual([
        one('serveraliveinterval'),
        one('serveralivecountmax'),
        one('connecttimeout'),
      ]);
    }
    if (config.includes('/a\n')) expect(ours.identityFiles).toEqual(theirs.get('identityfile'));
  });
});

describe('what ssh itself would not say', () => {
  test('tokens in identities', () => {
    const options = resolveOptions(settings('IdentityFile ~/%r@%h-%p-%n-%%\nUser u\nPort 5\nHostName n\n', '', 'h'));
    expect(options.identityFiles).toEqual([`${homedir()}/u@n-5-h-%`]);
  });

  test('Include, once and with patterns', () => {
    writeFileSync(join(folder, 'a.inc'), 'User included\n');
    writeFileSync(join(folder, 'b.inc'), 'Port 2022\n');
    const { user, port } = resolveOptions(settings(`Host h\n Include ${folder}/*.inc\nUser later\n`, '', 'h'));
    expect([user, port]).toEqual(['included', 2022]);
    expect(resolveOptions(settings(`Host z\n Include ${folder}/*.inc\n`, '', 'h')).user).toBe(userInfo().username);
  });

  test('a file that includes itself ends', () => {
    expect(resolveOptions(settings(`Include ${join(folder, 'config')}\nUser me\n`, '', 'h')).user).toBe('me');
  });

  test("the inventory's own settings come first, and host key checking that is off", () => {
    const given = {
      ...settings('User no\nPort 1\nStrictHostKeyChecking yes\n', '', 'h'),
      user: 'a',
      port: 2,
      hostKeyChecking: false,
    };
    expect(resolveOptions(given)).toMatchObject({ user: 'a', port: 2, strict: 'no', connectTimeout: 7 });
  });

  test('options without effect are named, those about sharing connections are not', () => {
    const options = resolveOptions(
      settings('', '-o ControlMaster=auto -o ControlPersist=60s -o LocalForward=1 -L 1:b:2', 'h'),
    );
    expect(options.warnings).toEqual(['ssh option -L has no effect', 'ssh option localforward has no effect']);
  });
});

function home(path: string): string {
  return path.replace(/^~/, homedir());
}
