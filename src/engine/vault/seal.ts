import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const NONCE = 12;
const TAG = 16;
/** Shorter content does not get smaller. */
const WORTH_PACKING = 512;

/** Encrypts what is kept, and signs lines of a journal; both by keys that are derived from one. */
export class Seal {
  private readonly contents: Buffer;
  private readonly lines: Buffer;
  private readonly nonces: Buffer;

  /** `key` is 32 random bytes. */
  constructor(key: Buffer) {
    this.contents = Buffer.from(hkdfSync('sha256', key, '', 'contents', 32));
    this.lines = Buffer.from(hkdfSync('sha256', key, '', 'lines', 32));
    this.nonces = Buffer.from(hkdfSync('sha256', key, '', 'nonces', 32));
  }

  /** AES-256-GCM: nonce, tag, and the content, deflated if that pays. It opens only with the same `about`. */
  close(content: Uint8Array, about = ''): Buffer {
    return this.closeWith(randomBytes(NONCE), content, about);
  }

  /** The same bytes for the same content, for files that are compared: the nonce is a keyed digest of the content. */
  closeStably(content: Uint8Array): Buffer {
    return this.closeWith(createHmac('sha256', this.nonces).update(content).digest().subarray(0, NONCE), content, '');
  }

  private closeWith(nonce: Buffer, content: Uint8Array, about: string): Buffer {
    const packed = content.length >= WORTH_PACKING;
    const cipher = createCipheriv('aes-256-gcm', this.contents, nonce);
    const kind = Buffer.of(packed ? 1 : 0);
    cipher.setAAD(Buffer.concat([kind, Buffer.from(about)]));
    const body = Buffer.concat([cipher.update(packed ? deflateRawSync(content) : content), cipher.final()]);
    return Buffer.concat([kind, nonce, cipher.getAuthTag(), body]);
  }

  /** Throws if it was not closed by this key and with this `about`, or was changed. */
  open(sealed: Uint8Array, about = ''): Buffer {
    const kind = sealed.subarray(0, 1);
    const nonce = sealed.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.contents, nonce, { authTagLength: TAG });
    decipher.setAAD(Buffer.concat([kind, Buffer.from(about)]));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    const body = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
    return kind[0] === 1 ? inflateRawSync(body) : body;
  }

  /** Sixteen hex digits that only this key gives for a line which follows the one signed `before`. */
  sign(before: string, line: string): string {
    return createHmac('sha256', this.lines).update(before).update(line).digest('hex').slice(0, 16);
  }

  /** A name for content that tells nothing of it. */
  digest(content: Uint8Array): string {
    return createHmac('sha256', this.contents).update(content).digest('hex');
  }
}
