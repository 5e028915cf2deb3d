import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { isVaulted, readEnvelope, writeEnvelope } from '../../../src/engine/vault/envelope.ts';
import { Password } from '../../../src/engine/vault/password.ts';
import { encrypt, Vault, type VaultOptions } from '../../../src/engine/vault/vault.ts';
import { GREETING, PROD_FILE } from './samples.ts';

function password(text: string): Password {
  return new Password(Buffer.from(text));
}

/** `LABEL=PASSWORD` of each secret. */
function vault(secrets: readonly string[], options?: VaultOptions): Vault {
  const pairs = secrets.map((each) => each.split('=') as [string, string]);
  return new Vault(
    pairs.map(([id, text]) => ({ id, password: password(text) })),
    options,
  );
}

function errorOf(work: () => unknown): TsplayError {
  try {
    work();
  } catch (error) {
    if (error instanceof TsplayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('what Ansible encrypted', () => {
  test.each<[string, string, string, string]>([
    ['format 1.1', GREETING, 'default=secret-pw', 'hello {{ world }}'],
    ['format 1.2', PROD_FILE, 'prod=other-pw', 'plain text\nof two lines\n'],
    ['with lines of Windows', PROD_FILE.replaceAll('\n', '\r\n'), 'prod=other-pw', 'plain text\nof two lines\n'],
    ['under another label', PROD_FILE, 'test=other-pw', 'plain text\nof two lines\n'],
  ])('%s', (_name, content, secret, plaintext) => {
    expect(vault([secret]).open(content).plaintext.toString()).toBe(plaintext);
    expect(vault(['x=wrong', secret]).open(Buffer.from(content)).plaintext.toString()).toBe(plaintext);
  });

  test('says which secret opened it, and its label', () => {
    const opened = vault(['a=wrong', 'b=other-pw']).open(PROD_FILE);
    expect([opened.secret.id, opened.id]).toEqual(['b', 'prod']);
    expect(vault(['a=secret-pw']).open(GREETING).id).toBeUndefined();
  });
});

test.each([0, 1, 15, 16, 17, 4096])('%i bytes come back as they were', (size) => {
  const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 256));
  const content = encrypt(bytes, password('pässword'), { id: 'x' });
  expect(vault(['x=pässword']).open(content).plaintext).toEqual(bytes);
});

test('with a salt of its own the content is what Ansible writes', () => {
  const salt = Buffer.from('salty');
  expect(encrypt(Buffer.from('x'.repeat(15)), password('pw'), { salt })).toBe(
    `$ANSIBLE_VAULT;1.1;AES256
373336313663373437390a3033316234326434373532633632303039336333646636663761326661
30626665303735646532363930646562316661613363346431306463316437326166360a61383932
62333332636130323632373735323663643132353135623333393333
`,
  );
});

test('salts are random unless given', () => {
  const text = Buffer.from('x');
  expect(encrypt(text, password('pw'))).not.toBe(encrypt(text, password('pw')));
});

describe('refused', () => {
  const lines = GREETING.split('\n');
  const body = (change: (digits: string) => string) => `${lines[0]}\n${change(lines.slice(1).join(''))}\n`;
  const flip = (digits: string, at: number) =>
    digits.slice(0, at) + (digits[at] === '3' ? '4' : '3') + digits.slice(at + 1);
  test.each<[string, string, string[], string]>([
    ['without secrets', GREETING, [], 'Attempting to decrypt but no vault secrets found'],
    [
      'a wrong password',
      GREETING,
      ['default=wrong'],
      'Decryption failed (no vault secrets were found that could decrypt)',
    ],
    [
      'a changed byte of the ciphertext',
      body((digits) => flip(digits, digits.length - 1)),
      ['default=secret-pw'],
      'Decryption failed',
    ],
    [
      'a changed byte of the signature',
      body((digits) => flip(digits, 135)),
      ['default=secret-pw'],
      'Decryption failed',
    ],
    ['a changed byte of the salt', body((digits) => flip(digits, 3)), ['default=secret-pw'], 'Decryption failed'],
    [
      'digits that are none',
      body((digits) => `xyz${digits.slice(3)}`),
      ['a=b'],
      'Vault format unhexlify error: Non-hexadecimal digit found',
    ],
    ['a digit too few', body((digits) => digits.slice(1)), ['a=b'], 'Vault format unhexlify error: Odd-length string'],
    [
      'a body cut short',
      body((digits) => digits.slice(0, 40)),
      ['a=b'],
      'Vault vaulttext format error: salt, signature and ciphertext are expected, found 1',
    ],
    ['no body', `${lines[0]}\n`, ['a=b'], 'Vault vaulttext format error'],
    ['half a header', '$ANSIBLE_VAULT;1.1\n6162\n', ['a=b'], 'Vault envelope format error'],
    ['another cipher', '$ANSIBLE_VAULT;1.1;AES\n6162\n', ['a=b'], 'AES cipher could not be found'],
    ['another format', '$ANSIBLE_VAULT;1.0;AES\n6162\n', ['a=b'], 'vault format 1.0 is not known'],
    ['plain text', 'a: 1\n', ['a=b'], 'input is not vault encrypted data'],
  ])('%s', (_name, content, secrets, message) => {
    const error = errorOf(() => vault(secrets).open(content));
    expect(error.kind).toBe('vault');
    expect(error.message).toContain(message);
  });

  test('and what was tried is told', () => {
    const secrets = ['dev=a', 'prod=b', 'dev=c'];
    expect(errorOf(() => vault(secrets).open(GREETING)).hint).toBe('tried the vault ids dev, prod');
    expect(errorOf(() => vault(secrets).open(PROD_FILE)).hint).toBe(
      'it is labelled prod; tried the vault ids prod, dev',
    );
  });

  test.each(['a;b', 'ünï', 'a\nb'])('%j is no label', (id) => {
    const error = errorOf(() => encrypt(Buffer.from('x'), password('a'), { id }));
    expect(error.message).toBe(`'${id}' is not a valid vault id`);
  });

  test('what is encrypted is not encrypted again', () => {
    expect(errorOf(() => encrypt(Buffer.from(GREETING), password('a'))).message).toBe('input is already encrypted');
  });
});

describe('where labels must match', () => {
  test.each<[string, string, string, boolean]>([
    ['its own', PROD_FILE, 'prod=other-pw', true],
    ['another', PROD_FILE, 'dev=other-pw', false],
    ['none, which is `default`', GREETING, 'default=secret-pw', true],
    ['none, and another is given', GREETING, 'dev=secret-pw', false],
  ])('%s', (_name, content, secret, opens) => {
    const open = () => vault([secret], { matchIds: true }).open(content).plaintext.length > 0;
    if (opens) expect(open()).toBe(true);
    else expect(errorOf(open).hint).toContain('vault_id_match admits no other');
  });
});

describe('envelopes', () => {
  test.each([
    [undefined, '1.1', '$ANSIBLE_VAULT;1.1;AES256'],
    ['default', '1.1', '$ANSIBLE_VAULT;1.1;AES256'],
    ['prod', '1.2', '$ANSIBLE_VAULT;1.2;AES256;prod'],
  ])('label %s is format %s', (id, version, header) => {
    const text = writeEnvelope('ab'.repeat(50), id);
    expect(text.split('\n')).toEqual([header, 'ab'.repeat(40), 'ab'.repeat(10), '']);
    const read = readEnvelope(text);
    expect([read.version, read.cipher, read.body]).toEqual([version, 'AES256', 'ab'.repeat(50)]);
  });

  test.each([
    ['$ANSIBLE_VAULT;1.1;AES256\n', true],
    ['$ANSIBLE_VAULT', false],
    [' $ANSIBLE_VAULT;1.1', false],
    ['', false],
  ])('%j is encrypted: %s', (text, is) => {
    expect([isVaulted(text), isVaulted(Buffer.from(text))]).toEqual([is, is]);
  });
});
