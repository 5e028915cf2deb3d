import { isTuple, type Value } from '../../model/value.ts';
import { dictGet } from './equal.ts';
import { fail } from './fail.ts';
import { formatSpec } from './format-spec.ts';
import { orElse } from './presence.ts';
import { pyRepr, pyStr } from './repr.ts';
import { isFloat, isInt, isNumeric, toIndex, toNumber, typeName } from './types.ts';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.)?/gs;

/** `format % values`: printf-style formatting with a value, a tuple of values or a dict. */
export function formatPercent(format: string, values: Value): string {
  const list = isTuple(values) ? (values as Value[]) : [values];
  let used = 0;
  let named = false;
  const next = (): Value => {
    const value = list[used++];
    return value === undefined ? fail('not enough arguments for format string') : value;
  };
  const text = format.replace(
    DIRECTIVE,
    (_all, key?: string, flags = '', width?: string, precision?: string, type?: string) => {
      if (type === '%') return '%';
      if (type === undefined) return fail('incomplete format');
      const columns = width === '*' ? String(toIndex(next())) : (width ?? '');
      const digits = precision === '*' ? String(toIndex(next())) : precision;
      if (key !== undefined) named = true;
      return directive(key === undefined ? next() : member(values, key), type, flags, columns, digits);
    },
  );
  if (
    !named &&
    used < list.length &&
    !(values instanceof Map) &&
    !(Array.isArray(values) && !isTuple(values) && used > 0)
  ) {
    fail('not all arguments converted during string formatting');
  }
  return text;
}

function member(values: Value, key: string): Value {
  if (!(values instanceof Map)) return fail('format requires a mapping');
  return orElse(dictGet(values, key), () => fail(`KeyError: '${key}'`));
}

function directive(value: Value, type: string, flags: string, width: string, precision: string | undefined): string {
  const left = flags.includes('-') || width.startsWith('-');
  const columns = width.replace('-', '');
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && !left ? '0' : '';
  const digits = precision === undefined ? '' : `.${precision}`;
  const edge = left ? '<' : zero ? '' : '>';
  switch (type) {
    case 's':
    case 'r':
    case 'a':
      return formatSpec(type === 's' ? pyStr(value) : pyRepr(value), `${left ? '<' : '>'}${columns}${digits}`);
    case 'c':
      return formatSpec(
        typeof value === 'string' ? value : String.fromCodePoint(toIndex(value)),
        `${edge || '>'}${columns}`,
      );
    case 'd':
    case 'i':
    case 'u':
      return formatSpec(padDigits(wholeNumber(value, type), precision), `${edge}${sign}${zero}${columns}`);
    case 'x':
    case 'X':
    case 'o':
      if (!isInt(value, true)) fail(`%${type} format: an integer is required, not ${typeName(value)}`);
      return formatSpec(value, `${edge}${sign}${flags.includes('#') ? '#' : ''}${zero}${columns}${type}`);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      if (!isNumeric(value)) fail(`must be real number, not ${typeName(value)}`);
      return formatSpec(value, `${edge}${sign}${zero}${columns}${digits}${type}`);
    default:
      return fail(`unsupported format character '${type}'`);
  }
}

function wholeNumber(value: Value, type: string): Value {
  if (isInt(value, true)) return typeof value === 'boolean' ? Number(value) : value;
  if (isFloat(value)) return Math.trunc(toNumber(value)) + 0;
  return fail(`%${type} format: a real number is required, not ${typeName(value)}`);
}

/** `%.3d` means at least three digits, which the format mini-language has no word for. */
function padDigits(value: Value, precision: string | undefined): Value {
  if (precision === undefined) return value;
  const digits = pyStr(value);
  const sign = digits.startsWith('-') ? '-' : '';
  return sign + digits.slice(sign.length).padStart(Number(precision), '0');
}
