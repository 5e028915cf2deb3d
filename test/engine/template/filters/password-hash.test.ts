import { describe, expect, test } from '@jest/globals';
import { type CryptOptions, hashPassword } from '../../../../src/engine/template/filters/password-hash.ts';

describe('password_hash', () => {
  test.each<[string, CryptOptions, string]>([
    [
      'sha512',
      { salt: 'abcdefgh', rounds: 5000 },
      '$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.',
    ],
    [
      'sha256',
      { salt: 'abcdefghijklmnop', rounds: 5000 },
      '$5$abcdefghijklmnop$i7zHaTeYqXlesRXJ8dXj6o.MEFQdzfIJpJpcWAtszs6',
    ],
    ['md5', { salt: 'abcdefgh' }, '$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1'],
    [
      'bcrypt',
      { salt: '1234567890123456789012', rounds: 10, ident: '2y' },
      '$2y$10$123456789012345678901uqScQ/hK4OzMvwWyiEZRxCRgAX/LEQNu',
    ],
  ])('%s', (type, options, expected) => {
    expect(hashPassword('secret', type, options)).toBe(expected);
  });

  test('rounds that are not usual are named', () => {
    const long = 'sécret much longer than sixty four bytes '.repeat(2).trim().concat('!');
    expect(hashPassword(long, 'sha512', { salt: 'abcdefgh', rounds: 1001 })).toBe(
      '$6$rounds=1001$abcdefgh$gdYQ2RJlD5GIOWdGrzTQe0s8k1sW/n/QOyYoswW6BRckljXAuHx7mMpvOu97to0yadyM9BjpBDa2XXCbeLjPf1',
    );
  });

  test('a salt is made up where there is none', () => {
    const [one, two] = [hashPassword('x', 'md5'), hashPassword('x', 'md5')];
    expect(one).toMatch(/^\$1\$[./0-9A-Za-z]{8}\$/);
    expect(one).not.toBe(two);
  });

  test.each<[string, CryptOptions, string]>([
    ['sha1', {}, "cannot be hashed as 'sha1'"],
    ['sha512', { salt: 'a:b' }, 'invalid characters'],
    ['sha512', { salt: 'a'.repeat(17) }, 'at most 16'],
    ['sha512', { rounds: 10 }, 'rounds'],
    ['bcrypt', { salt: 'short' }, '22 characters'],
  ])('%s %j is refused', (type, options, message) => {
    expect(() => hashPassword('x', type, options)).toThrow(message);
  });
});
