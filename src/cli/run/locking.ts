import { hostname, userInfo } from 'node:os';
import type { Locking } from '../../engine/executor/connections.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Parsed } from '../options.ts';

/** Tells runs that a run starts on the controller that their hosts are locked for them. */
const LOCKED = 'TSPLAY_LOCKED_BY';

/** Nobody else changes a host meanwhile, unless that is agreed to; a check needs no lock. */
export function lockingOf(options: Parsed, checkMode: boolean, id: string | undefined): Locking | undefined {
  if (checkMode || options.on('no-lock') || process.env[LOCKED]) return undefined;
  const patience = Number(options.text('wait-lock') ?? 0);
  if (!(patience >= 0)) throw new TsplayError('usage', '--wait-lock needs a number of seconds');
  const who = `${userInfo().username}@${hostname()}`;
  const run = id ?? `${process.pid}@${hostname()}`;
  process.env[LOCKED] = run;
  return { holder: { run, who, pid: process.pid, since: new Date().toISOString() }, patience };
}
