import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection } from '../../../../src/engine/remote/open.ts';
import { hasSshd, type Sshd, startSshd } from './sshd.ts';

/** The same known_hosts given to ssh and to us: both must take the host, or both must refuse it. */
(hasSshd ? describe : describe.skip)('host keys are judged as ssh judges them', () => {
  let server: Sshd;
  let strange: Record<'ed25519' | 'ecdsa' | 'rsa', string>;

  beforeAll(async () => {
    server = await startSshd();
    const make = (type: string) => {
      const file = join(server.folder, `strange_${type}`);
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file]);
      return readFileSync(`${file}.pub`, 'utf8').trim();
    };
    strange = { ed25519: make('ed25519'), ecdsa: make('ecdsa'), rsa: make('rsa') };
  });

  afterAll(() => server?.stop());

  type Lines = (name: string, own: Sshd['hostKey'], other: typeof strange) => string[];
  const FILES: readonly (readonly [string, Lines])[] = [
    ['nothing', () => []],
    ['the key', (name, own) => [`${name} ${own('ed25519')}`]],
    ['the key of the other type', (name, own) => [`${name} ${own('ecdsa')}`]],
    ['the key without its port', (_name, own) => [`127.0.0.1 ${own('ed25519')}`]],
    ['another key without its port', (_name, _own, other) => [`127.0.0.1 ${other.ed25519}`]],
    ['another key', (name, _own, other) => [`${name} ${other.ed25519}`]],
    ['another key of each type', (name, _own, other) => [`${name} ${other.ed25519}`, `${name} ${other.ecdsa}`]],
    ['a key of a type that the host has not', (name, _own, other) => [`${name} ${other.rsa}`]],
    [
      'another key, then the right one',
      (name, own, other) => [`${name} ${other.ed25519}`, `${name} ${own('ed25519')}`],
    ],
    ['another host', (_name, own) => [`[127.0.0.2]:22 ${own('ed25519')}`, `example.com ${own('ed25519')}`]],
    ['a list of hosts', (name, own) => [`example.com,${name} ${own('ed25519')}`]],
    ['a wildcard', (_name, own) => [`[127.0.0.*]:* ${own('ed25519')}`]],
    ['a question mark', (name, own) => [`${name.replace('127', '12?')} ${own('ed25519')}`]],
    ['a negation after', (name, own) => [`*,!${name} ${own('ed25519')}`]],
    ['a negation before', (name, own) => [`!${name},* ${own('ed25519')}`]],
    ['a negation of another', (_name, own) => [`!example.com,* ${own('ed25519')}`]],
    ['the key, revoked', (name, own) => [`@revoked ${name} ${own('ed25519')}`]],
    ['the key, and revoked', (name, own) => [`${name} ${own('ed25519')}`, `@revoked * ${own('ed25519')}`]],
    ['another key, revoked', (name, own, other) => [`${name} ${own('ed25519')}`, `@revoked ${name} ${other.ed25519}`]],
    ['as an authority only', (name, own) => [`@cert-authority ${name} ${own('ed25519')}`]],
    ['an unknown marker', (name, own) => [`@strange ${name} ${own('ed25519')}`]],
    ['comments and empty lines', (name, own) => ['# x', '', `  ${name}\t${own('ed25519')} a comment`]],
    ['a damaged line', (name, own) => [`${name} ssh-ed25519 AAAA`, `${name} ${own('ed25519')}`]],
    [
      'a type that is not that of the key',
      (name, own) => [`${name} ${own('ed25519').replace('ssh-ed25519', 'ssh-rsa')}`],
    ],
  ];

  const rows = FILES.flatMap(([name, lines], index) => [
    ...(['yes', 'accept-new', 'no'] as const).map((mode) => ({ name, lines, mode, hashed: false })),
    // Without a terminal to ask on, `ask` refuses; hashing is about finding a name: some rows show both.
    ...(index < 6 ? [{ name, lines, mode: 'ask', hashed: true }] : []),
  ]);

  test.each(rows)('$name, StrictHostKeyChecking=$mode, hashed: $hashed', async ({ lines, mode, hashed }) => {
    const files = ['ours', 'theirs'].map((name) => join(server.folder, name));
    const name = `[127.0.0.1]:${server.port}`;
    for (const file of files) {
      writeFileSync(
        file,
        lines(name, server.hostKey, strange)
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (hashed) spawnSync('ssh-keygen', ['-q', '-H', '-f', file]);
    }
    const [ours, theirs] = files as [string, string];
    const common = (file: string) =>
      `-F none -o StrictHostKeyChecking=${mode} -o UserKnownHostsFile=${file} -o GlobalKnownHostsFile=none -o UpdateHostKeys=no`;
    const target = [
      ...common(theirs).split(' '),
      '-i',
      server.key,
      '-o',
      'BatchMode=yes',
      '-o',
      'KexAlgorithms=curve25519-sha256',
      '-p',
      String(server.port),
    ];
    const real = spawnSync('ssh', [...target, `${server.user}@127.0.0.1`, 'true']);
    const accepted = await openConnection({
      kind: 'ssh',
      name: 'host',
      address: '127.0.0.1',
      port: server.port,
      user: server.user,
      privateKeyFile: server.key,
      sshArgs: [common(ours)],
      hostKeyChecking: true,
      timeout: 10,
    }).then(
      async (connection) => {
        await connection.close();
        return true;
      },
      (error: Error) => {
        expect(error.message).toContain('Host key verification failed');
        return false;
      },
    );
    expect({ accepted, lines: countLines(ours) }).toEqual({ accepted: real.status === 0, lines: countLines(theirs) });
  });
});

function countLines(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length;
}
