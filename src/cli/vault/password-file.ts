import { spawnSync } from 'node:child_process';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { parse } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { isVaulted } from '../../engine/vault/envelope.ts';
import type { Vault } from '../../engine/vault/vault.ts';

/** The answer of a client script that has no password of that label. */
const UNKNOWN_LABEL = 2;

/** Finds a password file. Throws TsplayError where there is none. */
export function findPasswordFile(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new TsplayError('vault', `The vault password file ${path} was not found`);
  if (stat.isDirectory()) {
    throw new TsplayError('vault', `The vault password file provided '${path}' can not be a directory`);
  }
  return stat;
}

/** The password that stands in a file, which may be encrypted with one that is known already; or what a script prints. */
export function readPasswordFile(path: string, stat: Stats, label: string | undefined, known: Vault): Buffer {
  const script = (stat.mode & 0o111) !== 0;
  const password = script ? runScript(path, label) : trim(decrypted(trim(read(path), ' \t\r\n\v\f'), known), '\r\n');
  if (password.length > 0) return password;
  const what = script ? 'script' : 'file';
  throw new TsplayError('vault', `Invalid vault password was provided from ${what} (${path})`);
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TsplayError('vault', `Could not read vault password file ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function decrypted(content: Buffer, known: Vault): Buffer {
  return isVaulted(content) ? known.open(content).plaintext : content;
}

/** A script named `...-client` is told the label; what others say on stderr may be a question, and is shown. */
function runScript(path: string, label: string | undefined): Buffer {
  const client = parse(path).name.endsWith('-client');
  const args = client && label ? ['--vault-id', label] : [];
  const ran = spawnSync(path, args, { stdio: ['inherit', 'pipe', client ? 'pipe' : 'inherit'] });
  const program = client ? 'Vault password client script' : 'Vault password script';
  if (ran.error) {
    throw new TsplayError('vault', `Problem running ${program.toLowerCase()} ${path} (${ran.error.message})`, {
      hint: 'if this is not a script, remove the executable bit from the file',
      cause: ran.error,
    });
  }
  if (ran.status === 0) return trim(ran.stdout, '\r\n');
  const said = client ? `: ${String(ran.stderr).trim()}` : '';
  if (client && ran.status === UNKNOWN_LABEL) {
    throw new TsplayError('vault', `${program} ${path} did not find a secret for vault-id=${label ?? ''}${said}`);
  }
  const code = ran.status ?? ran.signal;
  const purpose = client ? ` when getting secret for vault-id=${label ?? ''}` : '';
  throw new TsplayError('vault', `${program} ${path} returned non-zero (${code})${purpose}${said}`);
}

function trim(bytes: Buffer, characters: string): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && characters.includes(String.fromCharCode(bytes[start]!))) start++;
  while (end > start && characters.includes(String.fromCharCode(bytes[end - 1]!))) end--;
  return bytes.subarray(start, end);
}
