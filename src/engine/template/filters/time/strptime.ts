import { type DateParts, fail } from '../../values.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const PATTERNS: Readonly<Record<string, string>> = {
  A: DAYS.join('|'),
  B: MONTHS.join('|'),
  H: '2[0-3]|[01]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[01]|[0-5]\\d|\\d',
  Y: '\\d{4}',
  Z: 'utc|gmt',
  a: DAYS.map((day) => day.slice(0, 3)).join('|'),
  b: MONTHS.map((month) => month.slice(0, 3)).join('|'),
  d: '3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]',
  f: '\\d{1,6}',
  j: '36[0-6]|3[0-5]\\d|[12]\\d{2}|0[1-9]\\d|00[1-9]|[1-9]\\d|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  p: 'am|pm',
  y: '\\d{2}',
  z: '[+-]\\d{2}:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|z',
};
const SHORTHANDS: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
};

/** Python's `datetime.strptime`, without a zone in the result. Throws TsplayError if the text is not of that form. */
export function parseDate(text: string, format: string): DateParts {
  const codes: string[] = [];
  const expanded = format.replace(/%([DFRTXcx])/g, (_, code: string) => SHORTHANDS[code]!);
  const source = expanded.replace(/%(.)|\s+|[\\^$.*+?()[\]{}|/-]/g, (whole, code?: string) => {
    if (code === '%') return '%';
    if (code === undefined) return /\s/.test(whole) ? '\\s+' : `\\${whole}`;
    const pattern = Object.hasOwn(PATTERNS, code) ? PATTERNS[code] : undefined;
    if (pattern === undefined) return fail(`'${code}' is a bad directive in format '${format}'`);
    codes.push(code);
    return `(${pattern})`;
  });
  const found = new RegExp(`^${source}$`, 'i').exec(text);
  if (!found) return fail(`time data '${text}' does not match format '${format}'`);
  const fields = new Map(codes.map((code, index) => [code, found[index + 1]!.trim().toLowerCase()]));
  return toParts(fields, text);
}

function toParts(fields: ReadonlyMap<string, string>, text: string): DateParts {
  const number = (code: string, fallback: number) => Number(fields.get(code) ?? fallback);
  const short = number('y', 0);
  const year = fields.has('y') ? short + (short < 69 ? 2000 : 1900) : number('Y', 1900);
  const named = fields.get('B') ?? fields.get('b');
  const month = named ? MONTHS.findIndex((each) => each.startsWith(named)) + 1 : number('m', 1);
  const half = fields.get('p');
  const hour = fields.has('I') ? (number('I', 12) % 12) + (half === 'pm' ? 12 : 0) : number('H', 0);
  const day = number('d', 1);
  const yearDay = fields.has('j') ? new Date(Date.UTC(year, 0, number('j', 1))) : undefined;
  const date = yearDay ?? new Date(Date.UTC(year, month - 1, day));
  if (!yearDay && date.getUTCMonth() !== month - 1) fail(`day is out of range for month: '${text}'`);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour,
    minute: number('M', 0),
    second: Math.min(number('S', 0), 59),
    microsecond: Number((fields.get('f') ?? '0').padEnd(6, '0')),
  };
}
