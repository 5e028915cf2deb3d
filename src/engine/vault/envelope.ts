import { TsplayError } from '../model/errors.ts';

const MAGIC = '$ANSIBLE_VAULT';
/** Width of the lines below the header. */
const WIDTH = 80;

/** Encrypted content as it stands in a file: a header line, and hexadecimal digits below. */
export interface Envelope {
  /** `1.1` or `1.2`. */
  readonly version: string;
  readonly cipher: string;
  /** The label that format 1.2 carries. Nothing vouches for it: it is not part of what is signed. */
  readonly id: string | undefined;
  /** The digits of all lines in one. */
  readonly body: string;
}

/** Whether content begins as encrypted content does. */
export function isVaulted(content: Uint8Array | string): boolean {
  if (typeof content === 'string') return content.startsWith(`${MAGIC};`);
  return Buffer.from(content.subarray(0, MAGIC.length + 1)).toString('latin1') === `${MAGIC};`;
}

/** Takes encrypted content apart. Throws TsplayError of kind `vault` where the header is none. */
export function readEnvelope(content: Uint8Array | string): Envelope {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  const [header = '', ...lines] = text.split(/\r\n|[\n\r]/);
  const [, version, cipher, id] = header.split(';').map((part) => part.trim());
  if (version === undefined || cipher === undefined) {
    throw new TsplayError('vault', 'Vault envelope format error: the header is incomplete', {
      hint: `it looks like ${MAGIC};1.1;AES256`,
    });
  }
  return { version, cipher, id: id || undefined, body: lines.join('') };
}

/**
 * The content of a file: format 1.2 where there is an id to be told, else 1.1. Throws TsplayError of kind `vault` for an id
 * that would make the header another one, or that Ansible could not read again.
 */
export function writeEnvelope(body: string, id: string | undefined): string {
  if (id !== undefined && !/^[ -:<-~]*$/.test(id)) {
    throw new TsplayError('vault', `'${id}' is not a valid vault id`, {
      hint: 'it may hold ASCII characters, but no semicolon and no control character',
    });
  }
  const header = id === undefined || id === 'default' ? [MAGIC, '1.1', 'AES256'] : [MAGIC, '1.2', 'AES256', id];
  const lines = body.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
  return [header.join(';'), ...lines, ''].join('\n');
}
