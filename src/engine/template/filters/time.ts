import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { type DateParts, DateTime, fail, isNumeric, pyStr, strftime, toNumber, truthy } from '../values.ts';
import { parseDate } from './time/strptime.ts';

export const filters: Filters = {
  strftime(value, args, kwargs) {
    const { second = null, utc = false } = bind(args, kwargs, ['second', 'utc'], 'strftime');
    const date = second === null ? new Date() : new Date(epochOf(second) * 1000);
    if (Number.isNaN(date.getTime())) fail(`Invalid value for epoch value (${pyStr(second)})`);
    const inUtc = truthy(utc);
    return strftime({ ...DateTime.from(date, inUtc).parts, microsecond: 0 }, pyStr(value), zoneOf(date, inUtc));
  },
  to_datetime(value, args, kwargs) {
    const { format = '%Y-%m-%d %H:%M:%S' } = bind(args, kwargs, ['format'], 'to_datetime');
    const parts: DateParts = parseDate(pyStr(value), pyStr(format));
    return new DateTime(parts);
  },
};

function epochOf(second: Value): number {
  const number = isNumeric(second) ? toNumber(second) : Number(pyStr(second).trim() || Number.NaN);
  return Number.isNaN(number) ? fail(`Invalid value for epoch value (${pyStr(second)})`) : Math.floor(number);
}

function zoneOf(date: Date, utc: boolean): { offset: string; name: string } {
  if (utc) return { offset: '+0000', name: 'UTC' };
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  const name = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName');
  return { offset: `${minutes < 0 ? '-' : '+'}${hours}${rest}`, name: name?.value ?? '' };
}
