import { TsplayError } from '../../model/errors.ts';

const encodings: Readonly<Record<string, BufferEncoding>> = {
  utf8: 'utf8',
  ascii: 'ascii',
  usascii: 'ascii',
  latin1: 'latin1',
  iso88591: 'latin1',
  utf16: 'utf16le',
  utf16le: 'utf16le',
};

/** Node's name for one of Python's encodings. Throws TsplayError for one that is not known here. */
export function encodingOf(name: string): BufferEncoding {
  const plain = name.toLowerCase().replaceAll(/[-_ ]/g, '');
  if (Object.hasOwn(encodings, plain)) return encodings[plain]!;
  throw new TsplayError('module', `unknown encoding: ${name}`, {
    hint: `use one of ${Object.keys(encodings).join(', ')}`,
  });
}
