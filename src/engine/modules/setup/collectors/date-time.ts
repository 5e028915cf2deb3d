import { dict } from '../../../model/value.ts';
import type { Collector } from '../collector.ts';

const fields = [
  'year',
  'month',
  'weekday',
  'weekday_number',
  'weeknumber',
  'day',
  'hour',
  'minute',
  'second',
  'epoch',
  'nanoseconds',
  'tz',
  'tz_offset',
] as const;

/** The host's clock, in its own zone. */
export const dateTime: Collector = {
  name: 'date_time',
  // the other half of the year tells the summer time's name; UTC has none
  script: `section date; now=$(LC_ALL=C date '+%Y|%m|%A|%w|%W|%d|%H|%M|%S|%s|%N|%Z|%z'); echo "$now"
case $now in *'|UTC|'*) ;; *) year=\${now%%|*}
  for day in 01-01 07-01; do date -d "$year-$day 00:00" '+%z|%Z' 2>/dev/null; done;; esac`,
  parse(host) {
    const [now = '', winter, summer] = (host.section('date') ?? '').split('\n');
    const values = now.split('|');
    const date = Object.fromEntries(fields.map((name, index) => [name, values[index] ?? ''])) as Record<
      (typeof fields)[number],
      string
    >;
    const { nanoseconds, tz, tz_offset, ...shown } = date;
    const micro = /^\d+$/.test(nanoseconds) ? nanoseconds.slice(0, 6) : '000000'; // busybox prints none
    const utc = new Date(Number(date.epoch) * 1000).toISOString().slice(0, 19);
    const local = `${date.year}${date.month}${date.day}T${date.hour}${date.minute}${date.second}`;
    return {
      date_time: dict({
        ...shown,
        epoch_int: date.epoch,
        date: `${date.year}-${date.month}-${date.day}`,
        time: `${date.hour}:${date.minute}:${date.second}`,
        iso8601_micro: `${utc}.${micro}Z`,
        iso8601: `${utc}Z`,
        iso8601_basic: `${local}${micro}`,
        iso8601_basic_short: local,
        tz,
        tz_dst: summerName(winter, summer) ?? tz,
        tz_offset,
      }),
    };
  },
};

/** The zone's name in that half of the year in which clocks are ahead. */
function summerName(january: string | undefined, july: string | undefined): string | undefined {
  if (!january || !july) return undefined;
  const [first = '', firstName] = january.split('|');
  const [second = '', secondName] = july.split('|');
  return Number(first) > Number(second) ? firstName : secondName;
}
