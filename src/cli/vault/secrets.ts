import { resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { Password } from '../../engine/vault/password.ts';
import { Vault, type VaultSecret } from '../../engine/vault/vault.ts';
import { type Env, expand } from '../run/config.ts';
import { prompt } from '../run/prompt.ts';
import { ASK, type Identity } from './identities.ts';
import { findPasswordFile, readPasswordFile } from './password-file.ts';

export interface SecretsInputs {
  readonly env: Env;
  readonly warn: (message: string) => void;
  /** The label of passwords that were given none. */
  readonly defaultId: string;
  /** Passwords that are asked for are new, and asked for twice. */
  readonly isNew?: boolean | undefined;
}

/**
 * Gets the passwords, in order. A file that gives none is a warning as long as another one gives one; else the last
 * reason is thrown, as TsplayError of kind `vault`.
 */
export async function loadSecrets(all: readonly Identity[], inputs: SecretsInputs): Promise<VaultSecret[]> {
  const found: VaultSecret[] = [];
  let failure: unknown;
  for (const identity of all) {
    const id = identity.label || inputs.defaultId;
    const asked = identity.source === 'prompt' || identity.source === ASK;
    try {
      const bytes = asked ? await ask(identity, id, inputs) : fromFile(identity, found, inputs);
      found.push({ id, password: new Password(bytes) });
    } catch (error) {
      if (asked || !(error instanceof TsplayError)) throw error;
      failure = error;
    }
  }
  if (failure && found.length === 0) throw failure;
  return found;
}

function fromFile({ label, source }: Identity, known: readonly VaultSecret[], { env, warn }: SecretsInputs): Buffer {
  const path = resolve(expand(source, env));
  const told = (error: unknown, what: string) => {
    if (error instanceof TsplayError) warn(`Error ${what} (${label ?? 'None'}): ${error.describe()}`);
    return error;
  };
  let stat: ReturnType<typeof findPasswordFile>;
  try {
    stat = findPasswordFile(path);
  } catch (error) {
    throw told(error, 'getting vault password file');
  }
  try {
    return readPasswordFile(path, stat, label, new Vault(known));
  } catch (error) {
    throw told(error, 'in vault password file loading');
  }
}

async function ask({ source }: Identity, id: string, { isNew }: SecretsInputs): Promise<Buffer> {
  const [first, ...again] = questions(source === ASK ? undefined : id, isNew === true);
  const password = (await prompt(first!, { echo: false })).trim();
  if (password === '') throw new TsplayError('vault', 'Invalid vault password was provided');
  for (const question of again) {
    if ((await prompt(question, { echo: false })).trim() !== password) {
      throw new TsplayError('vault', 'Passwords do not match');
    }
  }
  return Buffer.from(password);
}

/** In the words that programs wait for which answer them. */
function questions(id: string | undefined, isNew: boolean): string[] {
  if (id === undefined) return isNew ? ['New Vault password: ', 'Confirm New Vault password: '] : ['Vault password: '];
  if (!isNew) return [`Vault password (${id}): `];
  return [`New vault password (${id}): `, `Confirm new vault password (${id}): `];
}
