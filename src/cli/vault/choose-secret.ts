import { TsplayError } from '../../engine/model/errors.ts';
import { Vault, type VaultSecret } from '../../engine/vault/vault.ts';
import type { Parsed } from '../options.ts';
import type { Env } from '../run/config.ts';
import { type IdentitiesGiven, identities } from './identities.ts';
import { givenIdentities, type VaultSettings } from './options.ts';
import { loadSecrets } from './secrets.ts';

/** What the actions of the command have in common. */
export interface VaultWork {
  readonly options: Parsed;
  readonly env: Env;
  readonly settings: VaultSettings;
  readonly warn: (message: string) => void;
}

/** The vault to read with; a password is asked for where none is given. Throws TsplayError. */
export async function readingVault(work: VaultWork): Promise<Vault> {
  const secrets = await load(work, givenIdentities(work.options, work.settings, true), false);
  return new Vault(secrets, work.settings);
}

/** The secret to encrypt with. It must be clear which, where there are several. Throws TsplayError. */
export async function writingSecret(work: VaultWork): Promise<VaultSecret> {
  const secrets = await load(work, givenIdentities(work.options, work.settings, true), true);
  const id = encryptId(work);
  if (secrets.length > 1 && id === undefined) {
    const ids = secrets.map((secret) => secret.id).join(',');
    throw new TsplayError(
      'usage',
      `The vault-ids ${ids} are available to encrypt. Specify the vault-id to encrypt with --encrypt-vault-id`,
    );
  }
  return choose(secrets, id);
}

/** The secret to encrypt anew with: the first of the new ones, or that of --encrypt-vault-id. Throws TsplayError. */
export async function newSecret(work: VaultWork): Promise<VaultSecret> {
  const { options, settings } = work;
  const id = encryptId(work);
  const given = options.text('new-vault-id');
  const file = options.text('new-vault-password-file');
  const secrets = await load(
    work,
    {
      ...givenIdentities(options, settings, true),
      configured: id === undefined ? [] : settings.identityList,
      ids: given === undefined ? [] : [given],
      passwordFiles: file === undefined ? [] : [file],
    },
    true,
  );
  return choose(secrets, id);
}

function encryptId({ options, settings }: VaultWork): string | undefined {
  return options.text('encrypt-vault-id') || settings.encryptId;
}

async function load({ env, warn, settings }: VaultWork, given: IdentitiesGiven, isNew: boolean) {
  const secrets = await loadSecrets(identities(given), { env, warn, defaultId: settings.defaultId, isNew });
  if (secrets.length > 0) return secrets;
  throw new TsplayError('usage', "A vault password is required to use Ansible's Vault");
}

function choose(secrets: readonly VaultSecret[], id: string | undefined): VaultSecret {
  const found = id === undefined ? secrets[0] : secrets.find((secret) => secret.id === id);
  if (found) return found;
  const known = secrets.map((secret) => `'${secret.id}'`).join(', ');
  throw new TsplayError('vault', `Did not find a match for --encrypt-vault-id=${id} in the known vault-ids [${known}]`);
}
