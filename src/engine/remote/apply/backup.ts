import type { Script } from '../../model/script.ts';
import { sh } from '../quote.ts';
import type { Applied } from './apply.ts';

/** Copies a file that is there to `path.PID.YYYY-MM-DD@HH:MM:SS~`, with owner, mode and times, and prints that name. */
export function keepCopy(path: string): Script {
  return sh`{ [ ! -e ${path} ] || { copy=${path}.$$.$(date +%Y-%m-%d@%H:%M:%S)~ && cp -p -- ${path} "$copy" && printf %s "$copy"; }; }`;
}

/** The outcome with the name that `keepCopy` printed. */
export function backupName(applied: Applied, backup: boolean | undefined): Applied {
  if (!backup || applied.rc !== 0 || applied.stdout.length === 0) return applied;
  return { ...applied, stdout: Buffer.alloc(0), backupFile: applied.stdout.toString() };
}
