import { TsplayError } from '../model/errors.ts';

/** The bytes of hexadecimal digits. Throws TsplayError of kind `vault`, in the words that scripts look for. */
export function fromHex(digits: string): Buffer {
  if (digits.length % 2 === 1) throw broken('Odd-length string');
  if (/[^0-9a-f]/i.test(digits)) throw broken('Non-hexadecimal digit found');
  return Buffer.from(digits, 'hex');
}

function broken(what: string): TsplayError {
  return new TsplayError('vault', `Vault format unhexlify error: ${what}`, {
    hint: 'the encrypted text is damaged: take it from a copy, or encrypt anew',
  });
}
