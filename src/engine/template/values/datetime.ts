import { Callable, type Value } from '../../model/value.ts';
import { fail } from './fail.ts';
import { TemplateObject } from './object.ts';
import { pyStr } from './repr.ts';
import { strftime } from './strftime.ts';
import { makeFloat } from './types.ts';

/** The parts of a naive date, as Python's datetime holds them. Months and days count from 1. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A naive datetime (`now()`, `to_datetime`). */
export class DateTime extends TemplateObject {
  readonly typeName = 'datetime';
  readonly parts: DateParts;

  constructor(parts: DateParts) {
    super('datetime', () => fail("'datetime' object is not callable"));
    this.parts = parts;
  }

  /** From an instant; `utc` or the controller's time zone. */
  static from(date: Date, utc: boolean): DateTime {
    const shifted = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
    return new DateTime({
      year: shifted.getUTCFullYear(),
      month: shifted.getUTCMonth() + 1,
      day: shifted.getUTCDate(),
      hour: shifted.getUTCHours(),
      minute: shifted.getUTCMinutes(),
      second: shifted.getUTCSeconds(),
      microsecond: shifted.getUTCMilliseconds() * 1000,
    });
  }

  /** Milliseconds of these parts read as UTC, without the microseconds. */
  get utcMillis(): number {
    const { year, month, day, hour, minute, second } = this.parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  attribute(name: string): Value | undefined {
    if (Object.hasOwn(this.parts, name)) return this.parts[name as keyof DateParts];
    const method = DATE_METHODS.get(name);
    return method && new Callable(name, (args) => method(this, args));
  }

  override print(): string {
    return this.iso(' ');
  }

  iso(separator: string): string {
    const { microsecond } = this.parts;
    const fraction = microsecond ? `.${String(microsecond).padStart(6, '0')}` : '';
    return strftime(this.parts, `%Y-%m-%d${separator}%H:%M:%S`) + fraction;
  }
}

const DATE_METHODS: ReadonlyMap<string, (date: DateTime, args: Value[]) => Value> = new Map<
  string,
  (date: DateTime, args: Value[]) => Value
>([
  ['strftime', (date: DateTime, [format = '']: Value[]) => strftime(date.parts, pyStr(format))],
  ['isoformat', (date: DateTime, [separator = 'T']: Value[]) => date.iso(pyStr(separator))],
  ['timestamp', (date: DateTime) => timestamp(date)],
  ['weekday', (date: DateTime) => (new Date(date.utcMillis).getUTCDay() + 6) % 7],
  ['isoweekday', (date: DateTime) => new Date(date.utcMillis).getUTCDay() || 7],
  ['date', (date: DateTime) => strftime(date.parts, '%Y-%m-%d')],
]);

/** A naive datetime counts as local time. */
function timestamp({ parts }: DateTime): Value {
  const local = new Date(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return makeFloat((local.getTime() * 1000 + parts.microsecond) / 1e6);
}

/** The difference of two datetimes. */
export class TimeDelta extends TemplateObject {
  readonly typeName = 'timedelta';
  readonly microseconds: number;

  constructor(microseconds: number) {
    super('timedelta', () => fail("'timedelta' object is not callable"));
    this.microseconds = microseconds;
  }

  private get days(): number {
    return Math.floor(this.microseconds / 86_400e6);
  }

  private get seconds(): number {
    return Math.floor((this.microseconds - this.days * 86_400e6) / 1e6);
  }

  attribute(name: string): Value | undefined {
    if (name === 'days') return this.days;
    if (name === 'seconds') return this.seconds;
    if (name === 'microseconds') return this.microseconds - Math.floor(this.microseconds / 1e6) * 1e6;
    if (name === 'total_seconds') return new Callable(name, () => makeFloat(this.microseconds / 1e6));
    return undefined;
  }

  override print(): string {
    const { days, seconds } = this;
    const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const text = clock.map((part, index) => (index ? String(part).padStart(2, '0') : part)).join(':');
    return days ? `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${text}` : text;
  }
}

/** `a - b` of two datetimes, or undefined (JS) where they are not that. */
export function subtractDates(a: Value, b: Value): Value | undefined {
  if (!(a instanceof DateTime) || !(b instanceof DateTime)) return undefined;
  return new TimeDelta((a.utcMillis - b.utcMillis) * 1000 + a.parts.microsecond - b.parts.microsecond);
}
