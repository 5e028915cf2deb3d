import type { DateParts } from './datetime.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ['D', '%m/%d/%y'],
  ['F', '%Y-%m-%d'],
  ['R', '%H:%M'],
  ['T', '%H:%M:%S'],
  ['X', '%H:%M:%S'],
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['r', '%I:%M:%S %p'],
  ['x', '%m/%d/%y'],
]);

/** Formats as Python's strftime in the C locale. `zone` is the text of `%z` and `%Z` for dates that have one. */
export function strftime(parts: DateParts, format: string, zone: { offset?: string; name?: string } = {}): string {
  return format.replace(/%([-_]?)([a-zA-Z%])/g, (whole, flag: string, code: string) => {
    const shorthand = SHORTHANDS.get(code);
    if (shorthand) return strftime(parts, shorthand, zone);
    const value = code === 'z' ? (zone.offset ?? '') : code === 'Z' ? (zone.name ?? '') : field(parts, code);
    if (value === undefined) return whole;
    if (flag === '-') return value.replace(/^[0 ]+(?=.)/, '');
    return flag === '_' ? value.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : value;
  });
}

function field(parts: DateParts, code: string): string | undefined {
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const weekday = date.getUTCDay();
  const month = MONTHS[parts.month - 1] ?? '';
  switch (code) {
    case 'Y':
      return String(parts.year);
    case 'C':
      return pad(Math.floor(parts.year / 100));
    case 'y':
      return pad(parts.year % 100);
    case 'm':
      return pad(parts.month);
    case 'd':
      return pad(parts.day);
    case 'e':
      return String(parts.day).padStart(2, ' ');
    case 'H':
      return pad(parts.hour);
    case 'I':
      return pad(parts.hour % 12 || 12);
    case 'M':
      return pad(parts.minute);
    case 'S':
      return pad(parts.second);
    case 'f':
      return pad(parts.microsecond, 6);
    case 'p':
      return parts.hour < 12 ? 'AM' : 'PM';
    case 'A':
      return DAYS[weekday];
    case 'a':
      return DAYS[weekday]?.slice(0, 3);
    case 'B':
      return month;
    case 'b':
    case 'h':
      return month.slice(0, 3);
    case 'j':
      return pad(dayOfYear(parts), 3);
    case 'w':
      return String(weekday);
    case 'u':
      return String(weekday || 7);
    case 'U':
      return pad(Math.floor((dayOfYear(parts) + 6 - weekday) / 7));
    case 'W':
      return pad(Math.floor((dayOfYear(parts) + 6 - ((weekday + 6) % 7)) / 7));
    case 'G':
      return String(isoWeek(date).year);
    case 'V':
      return pad(isoWeek(date).week);
    case 's':
      return String(
        new Date(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second).getTime() / 1000,
      );
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function dayOfYear({ year, month, day }: DateParts): number {
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
}

/** The week that holds this date's Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 / 7) + 1 };
}
