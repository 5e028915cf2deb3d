import { expect, test } from '@jest/globals';
import { Secrets } from '../../../../src/engine/output/redact/secrets.ts';

const SECRET = 'tr0ub4dor&"3/ü\\x';

function secretsOf(...values: string[]): Secrets {
  const secrets = new Secrets();
  for (const value of values) secrets.add(value);
  return secrets;
}

const bytes = Buffer.from(SECRET);

test.each([
  ['plain', SECRET],
  ['JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['JSON in ASCII', JSON.stringify(SECRET).slice(1, -1).replace('ü', '\\u00fc')],
  ['JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
  ['URL', encodeURIComponent(SECRET)],
  ['hex', bytes.toString('hex')],
  ['HEX', bytes.toString('hex').toUpperCase()],
])('hides it as %s', (_, form) => {
  expect(secretsOf(SECRET).redact(`a ${form} b`)).toBe('a ******** b');
});

test.each([0, 1, 2, 3, 4, 5, 6])('hides it in base64 behind %i bytes', (before) => {
  for (const spelling of ['base64', 'base64url'] as const) {
    const around = Buffer.concat([Buffer.from('p'.repeat(before)), bytes, Buffer.from('tail')]);
    const shown = secretsOf(SECRET).redact(around.toString(spelling));
    expect(shown).toContain('********');
    // Of its bytes none is left whole.
    const rest = shown.split('********').map((part) => Buffer.from(part, spelling).toString('latin1'));
    expect(rest.join('')).not.toMatch(/tr0|ub4|dor/);
  }
});

test.each([
  ['each line', 'one-line\nother-line\nab', 'other-line x', '******** x'],
  ['the longest first', 'abcd', 'abcdef', '********ef'],
  ['characters that mean something in a pattern', 'a.c*[x]', 'abc a.c*[x]', 'abc ********'],
  ['nothing that is too short', 'abc', 'abc', 'abc'],
])('hides %s', (_, secret, text, shown) => {
  expect(secretsOf(secret).redact(text)).toBe(shown);
});

test('of two that begin alike nothing is left', () => {
  expect(secretsOf('abcd', 'abcdef').redact('abcdef abcd')).toBe('******** ********');
});

test('grows', () => {
  const secrets = new Secrets();
  expect([secrets.empty, secrets.redact('hunter2')]).toEqual([true, 'hunter2']);
  secrets.add('hunter2');
  expect([secrets.empty, secrets.redact('hunter2')]).toEqual([false, '********']);
  secrets.add('other-one');
  expect(secrets.redact('hunter2 other-one')).toBe('******** ********');
});
