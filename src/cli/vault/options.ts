import { TsplayError } from '../../engine/model/errors.ts';
import { DEFAULT_ID, Vault } from '../../engine/vault/vault.ts';
import type { OptionTable, Parsed } from '../options.ts';
import type { Env } from '../run/config.ts';
import { type IdentitiesGiven, identities } from './identities.ts';
import { loadSecrets } from './secrets.ts';

/** Options of every command that reads encrypted content. */
export const VAULT_OPTIONS = {
  'vault-id': {
    value: '[LABEL@]SOURCE',
    many: true,
    help: 'password for encrypted content: a file, a script or `prompt`, under a label',
  },
  'vault-password-file': {
    value: 'FILE',
    many: true,
    aliases: ['vault-pass-file'],
    help: 'file with the password for encrypted content, or a script that prints it',
  },
  'ask-vault-pass': {
    short: 'J',
    aliases: ['ask-vault-password'],
    help: 'ask for the password for encrypted content',
  },
} as const satisfies OptionTable;

/** What the configuration says of vaults. */
export interface VaultSettings {
  readonly identityList: readonly string[];
  readonly passwordFile: string | undefined;
  readonly ask: boolean;
  readonly defaultId: string;
  readonly encryptId: string | undefined;
  readonly matchIds: boolean;
  /** Of new content, where it is not to be random. */
  readonly salt: Buffer | undefined;
}

export function vaultSettings(env: Env): VaultSettings {
  const list = env['ANSIBLE_VAULT_IDENTITY_LIST'] ?? '';
  const salt = env['ANSIBLE_VAULT_ENCRYPT_SALT'];
  return {
    identityList: list
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    passwordFile: env['ANSIBLE_VAULT_PASSWORD_FILE'] || undefined,
    ask: isTrue(env['ANSIBLE_ASK_VAULT_PASS']),
    defaultId: env['ANSIBLE_VAULT_IDENTITY'] || DEFAULT_ID,
    encryptId: env['ANSIBLE_VAULT_ENCRYPT_IDENTITY'] || undefined,
    matchIds: isTrue(env['ANSIBLE_VAULT_ID_MATCH']),
    salt: salt ? Buffer.from(salt) : undefined,
  };
}

/** What command line and configuration give. Throws TsplayError for options that exclude each other. */
export function givenIdentities(options: Parsed, settings: VaultSettings, askIfNone: boolean): IdentitiesGiven {
  if (options.on('ask-vault-pass') && options.on('vault-password-file')) {
    throw new TsplayError('option', '--vault-password-file is not allowed with --ask-vault-pass');
  }
  return {
    configured: settings.identityList,
    ids: options.list('vault-id'),
    passwordFiles: options.list('vault-password-file'),
    configuredFile: settings.passwordFile,
    ask: options.on('ask-vault-pass') || settings.ask,
    askIfNone,
    defaultId: settings.defaultId,
  };
}

/** The vault of a run: with no secrets unless some are given. Throws TsplayError. */
export async function vaultOf(options: Parsed, env: Env, warn: (message: string) => void): Promise<Vault> {
  const settings = vaultSettings(env);
  const wanted = identities(givenIdentities(options, settings, false));
  const secrets = await loadSecrets(wanted, { env, warn, defaultId: settings.defaultId });
  return new Vault(secrets, settings);
}

function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(1|true|yes|on|y|t)$/i.test(text);
}
