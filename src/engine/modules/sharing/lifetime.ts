import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** The longest that can be told from `never`: a hundred years. */
const LONGEST = 36_500 * 86_400;

/** Seconds of `90`, `90s`, `30m`, `24h`, `7d`, `2w`; null for `never`. Throws TsplayError. */
export function readLifetime(value: Value): number | null {
  const text = pyStr(value).trim();
  if (text === 'never') return null;
  const [, number, unit] = /^(\d+)([smhdw]?)$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit || 's'] ?? 1);
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new TsplayError('module', `ttl: '${text}' is no time to live`, {
    hint: 'write seconds, or 30m, 24h, 7d, 2w, never',
  });
}
