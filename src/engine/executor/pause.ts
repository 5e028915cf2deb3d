import { setTimeout as wait } from 'node:timers/promises';
import { TsplayError } from '../model/errors.ts';
import { timerMs } from '../model/timer.ts';

/** Waits so many seconds. Throws TsplayError('module') when the run is interrupted meanwhile. */
export async function pause(seconds: number, interrupted: AbortSignal): Promise<void> {
  try {
    await wait(timerMs(seconds), undefined, { signal: interrupted });
  } catch (cause) {
    throw new TsplayError('module', 'interrupted while waiting', { cause });
  }
}
