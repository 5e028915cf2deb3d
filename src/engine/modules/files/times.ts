import { TsplayError } from '../../model/errors.ts';
import type { FileState } from '../../remote/types.ts';
import { parseDate } from '../../template/filters/time/strptime.ts';

/** What `modification_time` or `access_time` asks for: seconds since the epoch, the present, or nothing. */
export type WantedTime = number | 'now' | 'preserve';

/** Reads a time; a text without a zone is one of the controller's. Throws TsplayError. */
export function parseTime(text: string | null, format: string, otherwise: 'now' | 'preserve'): WantedTime {
  const given = text ?? otherwise;
  if (given === 'now' || given === 'preserve') return given;
  try {
    const { year, month, day, hour, minute, second } = parseDate(given, format);
    return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    const message = `Error while obtaining timestamp for time ${given} using format ${format}: ${error.message}`;
    throw new TsplayError('module', message, { cause: error });
  }
}

/** The times to set on a file that is there; `now` is the present in seconds. */
export function timesToSet(
  state: Pick<FileState, 'atime' | 'mtime'>,
  wanted: { readonly atime: WantedTime; readonly mtime: WantedTime },
  now: number,
): { atime?: number; mtime?: number } {
  const times: { atime?: number; mtime?: number } = {};
  for (const name of ['atime', 'mtime'] as const) {
    const value = wanted[name] === 'now' ? now : wanted[name];
    if (value !== 'preserve' && value !== state[name]) times[name] = value;
  }
  return times;
}
