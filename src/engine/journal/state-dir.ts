import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
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

/** The key that closes what journals keep; made at the first run. */
export function stateKey(dir: string): Buffer {
  const path = join(dir, 'key');
  const known = readKey(path);
  if (known) return known;
  // Two first runs at once must agree: the link is made by one of them.
  const temporary = join(dir, `.key-${randomBytes(6).toString('hex')}`);
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    unlinkSync(temporary);
  }
  const made = readKey(path);
  if (made) return made;
  throw new TsplayError('usage', `the key of the journals, ${path}, could not be made`);
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
  throw new TsplayError('usage', `the key of the journals, ${path}, is damaged`, {
    hint: 'move it away; runs that were kept under it cannot be resumed then',
  });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
