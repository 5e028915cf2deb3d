import type { Value } from '../../model/value.ts';
import type { Filters } from '../types.ts';
import { defined, fail, isInt, makeInt, typeName } from '../values.ts';

/** Filters of community.crypto that need no certificate to be understood. */
export const filters: Filters = {
  parse_serial(value) {
    if (typeof defined(value) !== 'string') fail(`parse_serial: the input must be a string, not ${typeName(value)}`);
    const parts = (value as string).split(':').map((part, index) => {
      if (!/^[\da-f]+$/i.test(part) || Number.parseInt(part, 16) > 255) {
        fail(`parse_serial: part ${index + 1} ('${part}') is not a hexadecimal number in range [0, 255]`);
      }
      return Number.parseInt(part, 16).toString(16).padStart(2, '0');
    });
    return makeInt(BigInt(`0x${parts.join('')}`));
  },
  split_pem(value) {
    if (typeof defined(value) !== 'string') fail(`split_pem: the input must be a text, not ${typeName(value)}`);
    return splitPem(value as string);
  },
  to_serial(value) {
    if (!isInt(defined(value), true)) return fail(`to_serial: the input must be an integer, not ${typeName(value)}`);
    const number = BigInt(value as number | bigint | boolean);
    if (number < 0n) fail('to_serial: the input must not be negative');
    const digits = number.toString(16).toUpperCase();
    return (digits.length % 2 ? `0${digits}` : digits).match(/../g)?.join(':') ?? '';
  },
};

/** The objects of a PEM file, each with its first and last line; what stands between them is left out. */
function splitPem(text: string): Value[] {
  const found: string[] = [];
  let current: string | undefined;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (line.trim() === '') continue;
    if (line.startsWith('-----BEGIN ')) current = '';
    if (current === undefined) continue;
    current += line;
    if (!line.startsWith('-----END ')) continue;
    found.push(current);
    current = undefined;
  }
  return found;
}
