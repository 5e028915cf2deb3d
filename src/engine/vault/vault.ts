import { TsplayError } from '../model/errors.ts';
import { open, readBody, seal } from './aes256.ts';
import { isVaulted, readEnvelope, writeEnvelope } from './envelope.ts';
import type { Password } from './password.ts';

const VERSIONS = ['1.1', '1.2'];

/** The label of a password that was given none. */
export const DEFAULT_ID = 'default';

/** A password under the label by which content names it. */
export interface VaultSecret {
  readonly id: string;
  readonly password: Password;
}

export interface VaultOptions {
  /** Only secrets under the label of the content are tried. */
  readonly matchIds?: boolean | undefined;
  /** The label that content of format 1.1 is taken to have; `default` unless said otherwise. */
  readonly defaultId?: string | undefined;
}

export interface Opened {
  readonly plaintext: Buffer;
  /** The secret that opened it. */
  readonly secret: VaultSecret;
  /** The label that stands in the content. */
  readonly id: string | undefined;
}

/** Opens encrypted content with the secrets that there are. */
export class Vault {
  readonly secrets: readonly VaultSecret[];
  private readonly matchIds: boolean;
  private readonly defaultId: string;

  constructor(secrets: readonly VaultSecret[], { matchIds = false, defaultId = DEFAULT_ID }: VaultOptions = {}) {
    this.secrets = secrets;
    this.matchIds = matchIds;
    this.defaultId = defaultId;
  }

  /**
   * `file` is named in the message. Throws TsplayError of kind `vault`, which says what is wrong and what was tried, and
   * never what stands in it.
   */
  open(content: Uint8Array | string, file?: string): Opened {
    if (!isVaulted(content)) throw new TsplayError('vault', 'input is not vault encrypted data.');
    if (content.length > 4.2 * LARGEST) throw tooLarge();
    const { version, cipher, id, body } = readEnvelope(content);
    if (!VERSIONS.includes(version)) {
      throw new TsplayError('vault', `vault format ${version} is not known`, {
        hint: `known are ${VERSIONS.join(', ')}`,
      });
    }
    if (cipher !== 'AES256') {
      throw new TsplayError('vault', `${cipher} cipher could not be found`, { hint: 'only AES256 is supported' });
    }
    if (this.secrets.length === 0) throw noSecrets();
    const sealed = readBody(body);
    const tried = this.candidates(id);
    for (const secret of tried) {
      const plaintext = open(sealed, secret.password);
      if (plaintext) return { plaintext, secret, id };
    }
    const where = file === undefined ? '' : ` on ${file}`;
    throw new TsplayError('vault', `Decryption failed (no vault secrets were found that could decrypt)${where}`, {
      hint: this.explain(id, tried),
    });
  }

  /** Those of the content's label first: the others are tried too, since nothing vouches for a label. */
  private candidates(id: string | undefined): VaultSecret[] {
    const label = id ?? this.defaultId;
    const named = this.secrets.filter((secret) => secret.id === label);
    return this.matchIds ? named : [...named, ...this.secrets.filter((secret) => secret.id !== label)];
  }

  private explain(id: string | undefined, tried: readonly VaultSecret[]): string {
    const names = [...new Set(tried.map((secret) => secret.id))].join(', ');
    const wanted = id === undefined ? '' : `it is labelled ${id}; `;
    if (tried.length === 0) return `${wanted}no secret of that vault id was given, and vault_id_match admits no other`;
    return `${wanted}tried the vault id${names.includes(',') ? 's' : ''} ${names}`;
  }
}

function noSecrets(): TsplayError {
  return new TsplayError('vault', 'Attempting to decrypt but no vault secrets found', {
    hint: 'name one with --vault-id, --vault-password-file or --ask-vault-pass',
  });
}

function tooLarge(): TsplayError {
  return new TsplayError('vault', `the content is too large: up to ${LARGEST} bytes can be encrypted`, {
    hint: 'encrypt it with another program, and only its key with this one',
  });
}

export interface SealOptions {
  /** Stands in the content, so that a reader knows which password to take; `default` does not. */
  readonly id?: string | undefined;
  readonly salt?: Buffer | undefined;
}

/** Bytes; each becomes four digits, and a string holds half a billion characters. */
const LARGEST = 120 * 1024 * 1024;

/** Encrypted content for a file. Throws TsplayError for what is encrypted already, and for what is too large. */
export function encrypt(plaintext: Uint8Array, password: Password, { id, salt }: SealOptions = {}): string {
  if (isVaulted(plaintext)) throw new TsplayError('vault', 'input is already encrypted');
  if (plaintext.length > LARGEST) throw tooLarge();
  return writeEnvelope(seal(plaintext, password, salt), id);
}
