import type { Value } from '../../model/value.ts';
import type { Filter, Filters } from '../types.ts';
import { fail, makeFloat, pyStr, roundHalfEven, toNumber } from '../values.ts';

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);
const DAY = 86_400_000;
const SHORT: ReadonlyMap<string, string> = new Map([
  ['day', 'd'],
  ['hour', 'h'],
  ['millisecond', 'ms'],
  ['min', 'm'],
  ['minute', 'm'],
  ['month', 'mo'],
  ['msec', 'ms'],
  ['msecond', 'ms'],
  ['sec', 's'],
  ['second', 's'],
  ['week', 'w'],
  ['year', 'y'],
]);

/** Durations like `1d 12h` in a unit; a year has 365 days and a month 30 unless `year` and `month` say otherwise. */
export const filters: Filters = {
  to_days: inUnit('d'),
  to_hours: inUnit('h'),
  to_milliseconds: inUnit('ms'),
  to_minutes: inUnit('m'),
  to_months: inUnit('mo'),
  to_seconds: inUnit('s'),
  to_time_unit: (value, args, kwargs) => convert(value, pyStr(args[0] ?? kwargs.get('unit') ?? 'ms'), kwargs),
  to_weeks: inUnit('w'),
  to_years: inUnit('y'),
};

function inUnit(unit: string): Filter {
  return (value, _args, kwargs) => convert(value, unit, kwargs);
}

function convert(value: Value, unit: string, kwargs: ReadonlyMap<string, Value>): Value {
  const text = pyStr(value);
  if (text === '0') return 0;
  const factor = factorOf(unit, kwargs) ?? fail(`to_time_unit() can not convert to the following unit: ${unit}`);
  const total = text
    .split(/\s+/)
    .filter(Boolean)
    .reduce((sum, part) => sum + milliseconds(part, text, kwargs), 0);
  return makeFloat(roundHalfEven(total / factor, 12));
}

function milliseconds(part: string, text: string, kwargs: ReadonlyMap<string, Value>): number {
  const [, count, unit = ''] = /^(-?\d+)(\w+)/.exec(part) ?? [];
  const factor = factorOf(unit, kwargs);
  if (count === undefined || factor === undefined)
    return fail(`to_time_unit() can not interpret following string: ${text}`);
  return Number(count) * factor;
}

function factorOf(unit: string, kwargs: ReadonlyMap<string, Value>): number | undefined {
  const short = SHORT.get(unit.replace(/s+$/, '')) ?? unit;
  if (short === 'mo') return DAY * toNumber(kwargs.get('month') ?? 30);
  if (short === 'y') return DAY * toNumber(kwargs.get('year') ?? 365);
  return MILLISECONDS.get(short);
}
