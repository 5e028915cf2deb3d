import { expect, test } from '@jest/globals';
import { Seal } from '../../../src/engine/vault/seal.ts';

const seal = new Seal(Buffer.alloc(32, 1));

test.each([0, 1, 511, 512, 100_000])('%d bytes come back', (length) => {
  const content = Buffer.alloc(length, 'secret');
  const closed = seal.close(content);
  expect(closed.includes('secret')).toBe(false);
  expect(seal.open(closed)).toEqual(content);
});

test('the same content is closed differently each time', () => {
  expect(seal.close(Buffer.from('x'))).not.toEqual(seal.close(Buffer.from('x')));
});

test('a change of any byte is found', () => {
  const closed = seal.close(Buffer.from('content'));
  for (const index of closed.keys()) {
    const changed = Buffer.from(closed);
    changed[index]! ^= 1;
    expect(() => seal.open(changed)).toThrow();
  }
});

test('another key opens nothing', () => {
  expect(() => new Seal(Buffer.alloc(32, 2)).open(seal.close(Buffer.from('x')))).toThrow();
});
