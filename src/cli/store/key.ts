import { readFileSync } from 'node:fs';
import { openStateDir, stateDirOf, stateKey } from '../../engine/journal/state-dir.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { keyOfBytes, keyOfText, type StoreKey } from '../../engine/store/key.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import type { Env } from '../run/config.ts';

export interface KeyInputs {
  readonly env: Env;
  readonly vault: Vault;
  /** Whether nobody but this user's runs uses the store. */
  readonly own: boolean;
}

/** The key that the settings name; the user's own store has that of the state folder. Throws TsplayError. */
export function storeKey({ env, vault, own }: KeyInputs): StoreKey {
  const file = env['TSPLAY_STORE_KEY_FILE'];
  if (file) return keyOfText(readSecretFile(file, 'the key of the store'), file);
  const text = env['TSPLAY_STORE_KEY'];
  if (text) return keyOfText(Buffer.from(text), 'TSPLAY_STORE_KEY');
  const id = env['TSPLAY_STORE_VAULT_ID'];
  if (id) return keyOfText(passwordOf(vault, id), `the vault password ${id}`);
  if (own) return ownKey(env);
  throw new TsplayError('usage', 'a store that others use too needs a key', {
    hint: 'name it by TSPLAY_STORE_KEY_FILE, TSPLAY_STORE_KEY or TSPLAY_STORE_VAULT_ID',
  });
}

/** Content of a file without the white space around it. Throws TsplayError. */
export function readSecretFile(path: string, what: string): Buffer {
  try {
    return Buffer.from(readFileSync(path, 'latin1').trim(), 'latin1');
  } catch (cause) {
    throw new TsplayError('usage', `${what}, ${path}, cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function passwordOf({ secrets }: Vault, id: string): Buffer {
  const found = secrets.find((secret) => secret.id === id);
  if (found) return found.password.bytes;
  throw new TsplayError('vault', `there is no vault password ${id}, which is to be the key of the store`, {
    hint: `give it: --vault-id ${id}@FILE`,
  });
}

function ownKey(env: Env): StoreKey {
  const folder = stateDirOf(env);
  openStateDir(folder);
  return keyOfBytes(stateKey(folder));
}
