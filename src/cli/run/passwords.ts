import { readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Parsed } from '../options.ts';
import { isTrue } from '../settings/convert.ts';
import { prompt } from './prompt.ts';

export interface Passwords {
  readonly login: string | undefined;
  readonly become: string | undefined;
}

/** Passwords that the command line asks for or names files of. */
export async function readPasswords(
  options: Parsed,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Passwords> {
  const asks = (option: string, variable: string) => options.on(option) || isTrue(env[variable] ?? '');
  const asksLogin = asks('ask-pass', 'ANSIBLE_ASK_PASS');
  const asksBecome = asks('ask-become-pass', 'ANSIBLE_BECOME_ASK_PASS');
  const login = asksLogin
    ? await prompt('SSH password: ', { echo: false })
    : fromFile(options.text('connection-password-file') ?? env['ANSIBLE_CONNECTION_PASSWORD_FILE']);
  const asked = asksBecome
    ? await prompt(login ? 'BECOME password[defaults to SSH password]: ' : 'BECOME password: ', { echo: false })
    : fromFile(options.text('become-password-file') ?? env['ANSIBLE_BECOME_PASSWORD_FILE']);
  return { login, become: asked || (asksBecome ? login : undefined) };
}

function fromFile(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new TsplayError('usage', `cannot read the password file ${path}: ${(cause as Error).message}`, { cause });
  }
}
