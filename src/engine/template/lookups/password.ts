import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { Value } from '../../model/value.ts';
import { hashPassword, randomSalt, saltSize } from '../filters/password-hash.ts';
import { dirname, join, normpath } from '../filters/paths/posix.ts';
import { expandUser } from '../filters/paths/user.ts';
import { randomSource } from '../filters/random.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { parseInline, withInline } from './inline.ts';
import { numberOption, textOption } from './options.ts';

const OPTIONS = ['chars', 'encrypt', 'ident', 'length', 'seed'];
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const WHITESPACE = ' \t\n\r\x0b\x0c';
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['ascii_letters', LOWER + LOWER.toUpperCase()],
  ['ascii_lowercase', LOWER],
  ['ascii_uppercase', LOWER.toUpperCase()],
  ['digits', DIGITS],
  ['hexdigits', `${DIGITS}abcdefABCDEF`],
  ['octdigits', '01234567'],
  ['printable', DIGITS + LOWER + LOWER.toUpperCase() + PUNCTUATION + WHITESPACE],
  ['punctuation', PUNCTUATION],
  ['whitespace', WHITESPACE],
]);

interface Stored {
  readonly password: string;
  readonly salt?: string | undefined;
  readonly ident?: string | undefined;
}

export const lookups: Lookups = {
  password: (terms, options, context) => terms.map((term) => lookPassword(pyStr(term), options, context)),
};

/** The password kept in a file, made and kept if there is none; hashed if `encrypt` says how. */
function lookPassword(term: string, given: ReadonlyMap<string, Value>, { scope: { world } }: Context): string {
  const inline = parseInline(term, OPTIONS, 'password');
  const options = withInline(given, inline);
  const path = normpath(join(world.playbookDir, expandUser(inline.text, world.env)));
  const encrypt = textOption(options, 'encrypt') || undefined;
  const known = path === '/dev/null' ? undefined : read(path);
  let stored = complete(known ?? { password: generate(options) }, encrypt, options);
  if (path !== '/dev/null' && format(stored) !== (known && format(known)))
    stored = keep(path, stored, known !== undefined);
  world.secret(stored.password);
  if (encrypt === undefined) return stored.password;
  const hashed = hashPassword(stored.password, encrypt, { salt: stored.salt, ident: stored.ident });
  world.secret(hashed);
  return hashed;
}

/** With the salt and the variant that hashing needs, so that the hash stays the same from now on. */
function complete(stored: Stored, encrypt: string | undefined, options: ReadonlyMap<string, Value>): Stored {
  if (encrypt === undefined) return stored;
  const ident = textOption(options, 'ident');
  if (ident && stored.ident && ident !== stored.ident) {
    fail(`The ident parameter provided (${ident}) does not match the stored one (${stored.ident}).`);
  }
  return {
    password: stored.password,
    salt: stored.salt ?? randomSalt(saltSize(encrypt)),
    ident: stored.ident ?? ident ?? (/^(?:bcrypt|blowfish)$/.test(encrypt) ? '2b' : undefined),
  };
}

function generate(options: ReadonlyMap<string, Value>): string {
  const length = numberOption(options, 'length', 20);
  const characters = candidates(options.get('chars') ?? null);
  if (characters.length === 0) fail('the password lookup has no characters to choose from');
  const source = randomSource(options.get('seed') ?? null);
  return Array.from({ length }, () => characters[source.below(characters.length)]).join('');
}

/** Named sets and literal characters; in a text, `,,` is a comma. Quotes never take part. */
function candidates(chars: Value): string[] {
  const named =
    chars === null
      ? ['ascii_letters', 'digits', '.,:-_']
      : Array.isArray(chars)
        ? chars.map(pyStr)
        : splitChars(pyStr(chars));
  return Array.from(
    named
      .map((name) => CHARACTERS.get(name) ?? name)
      .join('')
      .replace(/["']/g, ''),
  );
}

function splitChars(text: string): string[] {
  const parts = text.replaceAll(',,', ',').split(',').filter(Boolean);
  return text.includes(',,') ? [',', ...parts] : parts;
}

function read(path: string): Stored | undefined {
  const content = readText(path)?.trimEnd();
  if (content === undefined) return undefined;
  const [, password = content, salt, ident] = /^(.*) salt=(.*?)(?: ident=(.*))?$/s.exec(content) ?? [];
  return { password, salt, ident };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return fail(`cannot read the password file ${path}: ${(error as Error).message}`);
  }
}

function format({ password, salt, ident }: Stored): string {
  if (!salt) return password;
  return `${password} salt=${salt}${ident ? ` ident=${ident}` : ''}`;
}

/** Writes beside and puts in place whole. Where another process was first, its password counts. */
function keep(path: string, stored: Stored, replace: boolean): Stored {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, `${format(stored)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (replace) renameSync(temporary, path);
    else linkSync(temporary, path);
    return stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return read(path) ?? stored;
    return fail(`cannot write the password file ${path}: ${(error as Error).message}`);
  } finally {
    remove(temporary);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Renamed, or never made.
  }
}
