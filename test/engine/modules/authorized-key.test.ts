import { describe, expect, test } from '@jest/globals';
import { authorizedKey } from '../../../src/engine/modules/authorized-key.ts';
import { keyText, parseKeyLine } from '../../../src/engine/modules/authorized-keys/line.ts';

const one = 'ssh-ed25519 AAAAone me@example.com';
const two = 'ssh-rsa AAAAtwo two words';
const args = {
  user: 'alice',
  key: one,
  path: null,
  manage_dir: true,
  state: 'present' as 'absent' | 'present',
  key_options: null as string | null,
  exclusive: false,
  comment: null as string | null,
  follow: false,
  validate_certs: true,
};

function written(given: Partial<typeof args>, text: string): string | undefined {
  const account = { name: 'alice', uid: 1001, gid: 1001, comment: '', home: '/home/alice', shell: '/bin/sh' };
  const folder = '/home/alice/.ssh';
  const folderState = { mode: 0o700, uid: 1001, gid: 1001 } as never;
  const before = { account, folder, folderState, file: { path: `${folder}/authorized_keys`, state: undefined, text } };
  const { changes } = authorizedKey.plan({ ...args, ...given }, before, undefined as never);
  const [change] = changes;
  return change?.kind === 'write' && 'bytes' in change.content ? change.content.bytes.toString() : undefined;
}

describe('the file', () => {
  const cases: readonly (readonly [string, Partial<typeof args>, string, string | undefined])[] = [
    ['new', {}, '', `${one}\n`],
    ['there', {}, `# x\n${one}\n`, undefined],
    ['two at once', { key: `${one}\n\n# c\n${two}` }, '', `${one}\n${two}\n`],
    ['another comment', { comment: 'new' }, `${one}\n${two}\n`, `${two}\nssh-ed25519 AAAAone new\n`],
    ['options', { key_options: 'no-pty' }, `${one}\n`, `no-pty ${one}\n`],
    ['exclusive', { exclusive: true }, `# x\n${two}\n${one}\n`, `${one}\n`],
    ['absent', { state: 'absent' }, `${two}\n${one}\n`, `${two}\n`],
    ['absent already', { state: 'absent' }, `${two}\n`, undefined],
  ];
  test.each(cases)('%s', (_name, given, text, expected) => {
    expect(written(given, text)).toBe(expected);
  });
});

test('options with quotes, blanks and commas', () => {
  const line = 'no-pty,command="echo a, b" ssh-ed25519 AAAAone me';
  const key = parseKeyLine(line)!;
  expect(key.options).toEqual([
    ['no-pty', null],
    ['command', '"echo a, b"'],
  ]);
  expect(keyText(key)).toBe(line);
  expect(parseKeyLine('not a key')).toBeUndefined();
});
