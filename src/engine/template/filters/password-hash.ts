import { randomInt } from 'node:crypto';
import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { fail, pyStr, toIndex } from '../values.ts';
import { SALT_CHARACTERS } from './crypt/base64.ts';
import { BCRYPT_SALT, bcrypt } from './crypt/bcrypt.ts';
import { md5Crypt } from './crypt/md5-crypt.ts';
import { shaCrypt } from './crypt/sha-crypt.ts';

export interface CryptOptions {
  readonly salt?: string | undefined;
  readonly saltSize?: number | undefined;
  readonly rounds?: number | undefined;
  /** Variant of bcrypt: `2b`, `2a`, `2y`. */
  readonly ident?: string | undefined;
}

interface Scheme {
  readonly saltSize: number;
  readonly saltExact?: boolean;
  /** Smallest, usual and largest count; a scheme without them has a fixed one. More than the largest would block everything for long. */
  readonly rounds?: readonly [number, number, number];
  hash(password: string, salt: string, rounds: number, ident: string): string;
}

const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['md5_crypt', { saltSize: 8, hash: (password, salt) => md5Crypt(password, salt) }],
  ['bcrypt', { saltSize: BCRYPT_SALT, saltExact: true, rounds: [4, 12, 18], hash: bcrypt }],
  [
    'sha256_crypt',
    { saltSize: 16, rounds: [1000, 535_000, 20_000_000], hash: (...given) => shaCrypt(256, ...take3(given)) },
  ],
  [
    'sha512_crypt',
    { saltSize: 16, rounds: [1000, 656_000, 20_000_000], hash: (...given) => shaCrypt(512, ...take3(given)) },
  ],
]);
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['blowfish', 'bcrypt'],
  ['md5', 'md5_crypt'],
  ['sha256', 'sha256_crypt'],
  ['sha512', 'sha512_crypt'],
]);
export const filters: Filters = {
  password_hash(value, args, kwargs, { scope, budget }) {
    const names = ['hashtype', 'salt', 'salt_size', 'rounds', 'ident'] as const;
    const given = bind(args, kwargs, names, 'password_hash');
    const rounds = optionalIndex(given.rounds);
    budget.step(Math.ceil((rounds ?? 0) / 1000));
    const hashed = hashPassword(pyStr(value), pyStr(given.hashtype ?? 'sha512'), {
      salt: optionalText(given.salt),
      saltSize: optionalIndex(given.salt_size),
      rounds,
      ident: optionalText(given.ident),
    });
    scope.world.secret(hashed);
    return hashed;
  },
};

function take3([password, salt, rounds]: readonly [string, string, number, string]): [string, string, number] {
  return [password, salt, rounds];
}

/** The crypt(3) form of a password. A salt is made up where none is given. Throws TsplayError for unknown schemes and bad salts. */
export function hashPassword(password: string, type: string, options: CryptOptions = {}): string {
  const scheme = SCHEMES.get(ALIASES.get(type) ?? type);
  if (!scheme)
    return fail(`passwords cannot be hashed as '${type}'`, `known are ${[...ALIASES.keys()].sort().join(', ')}`);
  const salt = options.salt || randomSalt(options.saltSize ?? scheme.saltSize);
  if (!/^[./0-9A-Za-z]+$/.test(salt)) fail("invalid characters in a salt: letters, digits, '.' and '/' are allowed");
  if (salt.length > scheme.saltSize || (scheme.saltExact && salt.length !== scheme.saltSize)) {
    fail(
      `Could not hash the secret: a salt of ${type} has ${scheme.saltExact ? '' : 'at most '}${scheme.saltSize} characters`,
    );
  }
  const [least, usual, most] = scheme.rounds ?? [0, 0, 0];
  const rounds = options.rounds || usual;
  if (scheme.rounds && (rounds < least || rounds > most)) {
    fail(`Could not hash the secret: rounds of ${type} are ${least} to ${most}`);
  }
  return scheme.hash(password, salt, rounds, options.ident || '2b');
}

/** Characters that a salt of this scheme has; 8 for one that is not known. */
export function saltSize(type: string): number {
  return SCHEMES.get(ALIASES.get(type) ?? type)?.saltSize ?? 8;
}

export function randomSalt(length: number): string {
  return Array.from({ length }, () => SALT_CHARACTERS[randomInt(SALT_CHARACTERS.length)]).join('');
}

function optionalText(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : pyStr(value);
}

function optionalIndex(value: Value | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : toIndex(value);
}
