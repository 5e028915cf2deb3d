import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { TsplayError } from '../model/errors.ts';

const KEY_BYTES = 32;

/** Where a user's runs are kept: `TSPLAY_STATE_DIR`, else `tsplay` in the state folder of XDG. */
export function stateDirOf(env: Readonly<Record<string, string | undefined>>): string {
  if (env['TSPLAY_STATE_DIR']) return env['TSPLAY_STATE_DIR'];
  const base = env['XDG_STATE_HOME'];
  return join(base && isAbsolute(base) ? base : join(env['HOME'] || homedir(), '.local', 'state'), 'tsplay');
}

/** Makes the folder if it is not there; one that others may enter is refused. Throws TsplayError. */
export function openStateDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new TsplayError('usage', `the folder for journals, ${dir}, cannot be made: ${reason(error)}`, {
      hint: 'name another by TSPLAY_STATE_DIR',
      cause: error,
    });
  }
  const { mode, uid } = statSync(dir);
  if (uid !== process.getuid?.() && process.getuid !== undefined) {
    throw new TsplayError('usage', `the folder for journals, ${dir}, belongs to another user`, {
      hint: 'name one of your own by TSPLAY_STATE_DIR',
    });
  }
  if (mode & 0o077) {
    throw new TsplayError('usage', `the folder for journals, ${dir}, is open to other users`, {
      hint: `chmod 700 ${dir}`,
    });
  }
}

/** The key that closes what journals keep; made at the first run. Throws TsplayError if it is damaged. */
export function stateKey(dir: string): Buffer {
  return readKey(keyPath(dir)) ?? makeKey(dir);
}

/** Puts a key that is damaged aside, so that runs can be kept again. Gives the path it has now. */
export function replaceKey(dir: string): string {
  const aside = `${keyPath(dir)}.damaged-${randomBytes(3).toString('hex')}`;
  renameSync(keyPath(dir), aside);
  return aside;
}

function keyPath(dir: string): string {
  return join(dir, 'key');
}

function makeKey(dir: string): Buffer {
  const temporary = join(dir, `.key-${randomBytes(6).toString('hex')}`);
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
    // Two first runs at once must agree: the link is made by one of them.
    linkSync(temporary, keyPath(dir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    unlinkSync(temporary);
  }
  return stateKey(dir);
}

function readKey(path: string): Buffer | undefined {
  let key: Buffer;
  try {
    key = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TsplayError('usage', `the key of the journals, ${path}, cannot be read: ${reason(error)}`);
  }
  if (key.length === KEY_BYTES) return key;
  throw new DamagedKey('usage', `the key of the journals, ${path}, is damaged`, {
    hint: 'what was kept under it cannot be read any more; the next run makes a new one',
  });
}

export class DamagedKey extends TsplayError {}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
