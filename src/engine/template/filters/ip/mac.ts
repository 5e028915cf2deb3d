import type { Value } from '../../../model/value.ts';
import { fail, isInt, makeInt, pyStr } from '../../values.ts';

const FORMS: readonly RegExp[] = [
  /^(?:[\da-f]{1,2}[:-]){5}[\da-f]{1,2}$/i,
  /^(?:[\da-f]{1,4}[.:-]){2}[\da-f]{1,4}$/i,
  /^[\da-f]{5,6}[:-][\da-f]{5,6}$/i,
  /^[\da-f]{11,12}$/i,
];
const DIALECTS: ReadonlyMap<string, (hex: string) => string> = new Map([
  ['bare', (hex) => hex.toUpperCase()],
  ['cisco', (hex) => cut(hex, 4).join('.')],
  ['eui48', (hex) => cut(hex, 2).join('-').toUpperCase()],
  ['linux', (hex) => cut(hex, 2).join(':')],
  ['pgsql', (hex) => cut(hex, 6).join(':')],
  ['postgresql', (hex) => cut(hex, 6).join(':')],
  ['psql', (hex) => cut(hex, 6).join(':')],
  [
    'unix',
    (hex) =>
      cut(hex, 2)
        .map((byte) => byte.replace(/^0(?=.)/, ''))
        .join(':'),
  ],
  ['win', (hex) => cut(hex, 2).join('-').toUpperCase()],
]);

/** Twelve hex digits of a MAC address in any common form, or undefined. */
export function parseMac(value: Value): string | undefined {
  if (isInt(value))
    return BigInt(value) < 1n << 48n && BigInt(value) >= 0n ? BigInt(value).toString(16).padStart(12, '0') : undefined;
  if (typeof value !== 'string' || !FORMS.some((form) => form.test(value))) return undefined;
  const groups = value.toLowerCase().split(/[.:-]/);
  return groups.map((group) => group.padStart(12 / groups.length, '0')).join('');
}

/** Checks a hardware address, or writes it in another form. Throws for an unknown query, or for none where a form is asked. */
export function hwaddr(value: Value, query: Value, alias: string): Value {
  const name = pyStr(query);
  const hex = parseMac(value);
  if (hex === undefined)
    return name === '' || name === 'bool' ? false : fail(`${alias}: not a hardware address: ${pyStr(value)}`);
  if (name === '') return value;
  if (name === 'bool') return true;
  if (name === 'int') return makeInt(BigInt(`0x${hex}`));
  const write =
    DIALECTS.get(name) ??
    fail(`${alias}: unknown filter type: ${name}`, `known are ${[...DIALECTS.keys()].join(', ')}`);
  return write(hex);
}

function cut(hex: string, length: number): string[] {
  return hex.match(new RegExp(`.{${length}}`, 'g')) ?? [];
}
