import { bind } from '../params.ts';
import { fail } from '../values/fail.ts';
import { pyStr } from '../values/repr.ts';
import type { Methods } from './types.ts';

const ENCODINGS: ReadonlyMap<string, BufferEncoding> = new Map([
  ['utf8', 'utf8'],
  ['ascii', 'latin1'],
  ['latin1', 'latin1'],
  ['iso88591', 'latin1'],
  ['utf16le', 'utf16le'],
]);

/** The encoding that Python calls `name`. Throws for one that is not known. */
export function encoding(name: string): BufferEncoding {
  const known = ENCODINGS.get(name.toLowerCase().replace(/[-_]/g, ''));
  return known ?? fail(`unknown encoding: ${name}`);
}

export const BYTES_METHODS: Methods<Uint8Array> = new Map([
  [
    'decode',
    (bytes, args, kwargs) => {
      const { encoding: name = 'utf-8' } = bind(args, kwargs, ['encoding', 'errors'], 'decode');
      return Buffer.from(bytes).toString(encoding(pyStr(name)));
    },
  ],
  ['hex', (bytes) => Buffer.from(bytes).toString('hex')],
]);
