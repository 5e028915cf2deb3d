import type { Outcome } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { Result } from '../types.ts';

/** Lines as Python's `splitlines` cuts them. */
export function splitLines(text: string): Value[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Lines of one stream that a result carries: each costs memory, however short. */
const MOST_LINES = 1_000_000;

/** Where the bytes end that a result carries. */
export function endOfLines(bytes: Buffer, most = MOST_LINES): number {
  if (bytes.length <= most) return bytes.length;
  let end = -1;
  for (let lines = 0; lines < most; lines++) {
    end = bytes.indexOf(10, end + 1);
    if (end < 0) return bytes.length;
  }
  return end + 1;
}

/** Both streams as results carry them; bytes that are no UTF-8 are replaced. */
export function streams(outcome: Pick<Outcome, 'stdout' | 'stderr'>, stripEnds = false): Result {
  const stdout = textOf(outcome.stdout.subarray(0, endOfLines(outcome.stdout)), stripEnds);
  const stderr = textOf(outcome.stderr.subarray(0, endOfLines(outcome.stderr)), stripEnds);
  return { stdout, stdout_lines: splitLines(stdout), stderr, stderr_lines: splitLines(stderr) };
}

function textOf(bytes: Buffer, stripEnds: boolean): string {
  const text = bytes.toString('utf8');
  return stripEnds ? text.replace(/[\r\n]+$/, '') : text;
}

/** `2025-01-31 09:05:00.123456`, in the controller's time zone. */
export function timeText(seconds: number): string {
  const total = Math.round(seconds * 1e6);
  const micros = total % 1e6;
  const date = new Date((total - micros) / 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(micros).padStart(6, '0')}`;
}

/** `0:00:01.234567`. */
export function durationText(seconds: number): string {
  const micros = Math.max(0, Math.round(seconds * 1e6));
  const whole = Math.floor(micros / 1e6);
  const two = (number: number) => String(number).padStart(2, '0');
  const days = Math.floor(whole / 86400);
  const prefix = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  const clock = `${Math.floor((whole % 86400) / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return `${prefix}${clock}.${String(micros % 1e6).padStart(6, '0')}`;
}
