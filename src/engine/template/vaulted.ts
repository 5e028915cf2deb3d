import type { Decryption } from '../model/decryption.ts';
import { locate, TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { Deferred, type Raw, type Value } from '../model/value.ts';
import { isVaulted } from '../vault/envelope.ts';
import { Vault } from '../vault/vault.ts';
import { Undecrypted } from './values/undecrypted.ts';

/** Shorter values of encrypted files are everyday words: to hide them everywhere would protect nothing. */
const SHORTEST_SECRET = 8;

/** A `!vault` text. It is decrypted once, when it is first used. */
export class VaultedText extends Deferred {
  readonly text: string;
  readonly position: Position;
  private readonly open: (text: string) => string;
  private plaintext: string | undefined;

  constructor(text: string, position: Position, open: (text: string) => string) {
    super();
    this.text = text;
    this.position = position;
    this.open = open;
  }

  /** The text as it stands in its file. */
  sealed(): Undecrypted {
    return new Undecrypted(this.text, new TsplayError('vault', 'an encrypted text was not decrypted'));
  }

  /** Text of hosts is never evaluated, nor is what was encrypted: it may hold braces. */
  evaluate(): Value {
    if (this.plaintext !== undefined) return this.plaintext;
    try {
      this.plaintext = this.open(this.text);
      return this.plaintext;
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      return new Undecrypted(this.text, locate(error, this.position) as TsplayError);
    }
  }
}

/** Decryption by the secrets of a vault. */
export class VaultDecryption implements Decryption {
  private readonly vault: Vault;
  private readonly secret: (plaintext: string) => void;
  private readonly given = new Set<string>();

  /** `secret` is told each plaintext that must not be shown. */
  constructor(vault: Vault, secret: (plaintext: string) => void) {
    this.vault = vault;
    this.secret = secret;
  }

  get ready(): boolean {
    return this.vault.secrets.length > 0;
  }

  file(content: Buffer, path: string): Buffer {
    if (!isVaulted(content)) return content;
    try {
      return this.vault.open(content, path).plaintext;
    } catch (error) {
      throw locate(error, { file: path, line: 1, column: 1 });
    }
  }

  text(text: string, position: Position): Raw {
    return new VaultedText(text, position, (ciphertext) => this.reveal(ciphertext));
  }

  conceal(variables: Raw): void {
    if (typeof variables === 'string') {
      if (variables.length >= SHORTEST_SECRET) this.secret(variables);
    } else if (Array.isArray(variables)) {
      for (const item of variables) this.conceal(item);
    } else if (variables instanceof Map) {
      for (const item of (variables as Map<Value, Raw>).values()) this.conceal(item);
    }
  }

  gave(text: string): boolean {
    return this.given.has(text);
  }

  private reveal(ciphertext: string): string {
    const plaintext = this.vault.open(ciphertext).plaintext.toString();
    this.given.add(plaintext);
    this.secret(plaintext);
    return plaintext;
  }
}

/** Without any secret: encrypted content is refused where it is used. */
export function withoutSecrets(): VaultDecryption {
  return new VaultDecryption(new Vault([]), () => undefined);
}
