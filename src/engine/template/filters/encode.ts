import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { fail, pyStr } from '../values.ts';

export const filters: Filters = {
  b64encode(value, args, kwargs) {
    const { encoding = 'utf-8' } = bind(args, kwargs, ['encoding'], 'b64encode');
    return encodeText(value, pyStr(encoding)).toString('base64');
  },
  b64decode(value, args, kwargs) {
    const { encoding = 'utf-8' } = bind(args, kwargs, ['encoding'], 'b64decode');
    const text = bytesOf(value)
      .toString('latin1')
      .replace(/[^A-Za-z0-9+/=]/g, '');
    if (text.replace(/=+$/, '').length % 4 === 1 || (text.length % 4 !== 0 && !text.endsWith('=')))
      fail('Incorrect padding');
    return decodeText(Buffer.from(text, 'base64'), pyStr(encoding));
  },
  urldecode(value) {
    const bytes = Buffer.from(pyStr(value).replaceAll('+', ' '));
    const text = bytes
      .toString('latin1')
      .replace(/%([\da-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(text, 'latin1').toString();
  },
};

/** The bytes of a value: bytes themselves, anything else as its UTF-8 text. */
export function bytesOf(value: Value): Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(pyStr(value));
}

function encodeText(value: Value, encoding: string): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  const text = pyStr(value);
  switch (normalise(encoding)) {
    case 'utf8':
      return Buffer.from(text);
    case 'ascii':
    case 'usascii':
    case 'latin1':
    case 'iso88591':
      return Buffer.from(text, 'latin1');
    case 'utf16le':
      return Buffer.from(text, 'utf16le');
    case 'utf16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf16':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    default:
      return fail(`unknown encoding: ${encoding}`);
  }
}

function decodeText(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding.replaceAll('_', '-'), { ignoreBOM: true }).decode(bytes);
  } catch {
    return fail(`unknown encoding: ${encoding}`);
  }
}

function normalise(encoding: string): string {
  return encoding.toLowerCase().replace(/[-_]/g, '');
}
