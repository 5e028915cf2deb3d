import { describe, expect, test } from '@jest/globals';
import { hashedLine, isHost, parseHostLine } from '../../../src/engine/modules/known-hosts/entry.ts';
import { knownHosts } from '../../../src/engine/modules/known-hosts/known-hosts.ts';

const salt = Buffer.alloc(20, 7);
const one = 'git.example.com ssh-ed25519 AAAAone';
const hashed = hashedLine(parseHostLine(one)!, 'git.example.com', salt);

function written(given: { key?: string | null; state?: 'absent' | 'present'; hash_host?: boolean }, text: string) {
  const path = '/root/.ssh/known_hosts';
  const args = {
    name: 'git.example.com',
    key: one as string | null,
    path,
    hash_host: false,
    state: 'present' as const,
    ...given,
  };
  const before = { file: { path, state: undefined, text }, folderExists: true, salt };
  const plan = knownHosts.plan(args, before, undefined as never);
  const [change] = plan.changes;
  return (
    plan.failed ?? (change?.kind === 'write' && 'bytes' in change.content ? change.content.bytes.toString() : undefined)
  );
}

describe('the file', () => {
  const other = 'a.example.com,git.example.com ssh-rsa AAAArsa';
  const cases: readonly (readonly [string, Parameters<typeof written>[0], string, string | undefined])[] = [
    ['new', {}, '', `${one}\n`],
    ['there', {}, `${one}\n`, undefined],
    ['another key of the type', {}, 'git.example.com ssh-ed25519 AAAAold\n', `${one}\n`],
    ['a key of another type stays', {}, `${other}\n`, `${other}\n${one}\n`],
    ['hashed', { hash_host: true }, `${one}\n`, `${hashed}\n`],
    ['hashed already', { hash_host: true }, `${hashed}\n`, undefined],
    ['absent', { key: null, state: 'absent' }, `# x\n${hashed}\n${other}\n`, '# x\n'],
    ['absent already', { key: null, state: 'absent' }, 'b ssh-rsa x\n', undefined],
    ['without a key', { key: null }, '', 'No key specified when adding a host'],
    [
      'a key of another host',
      { key: 'b ssh-rsa x' },
      '',
      'Host parameter does not match hashed host field in supplied key',
    ],
  ];
  test.each(cases)('%s', (_name, given, text, expected) => {
    expect(written(given, text)).toBe(expected);
  });
});

test('hashed names, as ssh-keygen -H makes them', () => {
  const line = parseHostLine('|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA')!;
  expect(isHost(line, '192.168.1.61')).toBe(true);
  expect(isHost(line, '192.168.1.62')).toBe(false);
});
