import { readFileSync } from 'node:fs';
import { TsplayError } from '../model/errors.ts';
import { Seal } from '../vault/seal.ts';
import { type Read, readLines } from './lines.ts';
import { isLocked } from './lock.ts';
import { type Entry, FORMAT, type Invocation, type StartEntry } from './records.ts';
import { RunFolder, runIds } from './run-folder.ts';
import { DamagedKey, openStateDir, replaceKey, stateKey } from './state-dir.ts';

/** A user's runs. */
export interface State {
  readonly dir: string;
  readonly seal: Seal;
}

/** A run as its journal has it. */
export interface KeptRun {
  readonly folder: RunFolder;
  readonly start: StartEntry;
  readonly read: Read;
  readonly entries: readonly Entry[];
}

/** Throws TsplayError. */
export function openState(dir: string): State {
  openStateDir(dir);
  return { dir, seal: new Seal(stateKey(dir)) };
}

/** The same for a new run: a damaged key is put aside, and `warn` told. */
export function openStateForRun(dir: string, warn: (message: string) => void): State {
  openStateDir(dir);
  try {
    return { dir, seal: new Seal(stateKey(dir)) };
  } catch (error) {
    if (!(error instanceof DamagedKey)) throw error;
    const aside = replaceKey(dir);
    warn(`the key of the journals was damaged and is now ${aside}; runs that were kept under it cannot be resumed`);
    return { dir, seal: new Seal(stateKey(dir)) };
  }
}

/** Reads a run's journal. Throws TsplayError if it is not there, damaged, or of another version. */
export function openRun({ dir, seal }: State, id: string): KeptRun {
  const folder = RunFolder.open(dir, id, seal);
  const read = readLines(readJournal(folder), folder.journal, seal);
  const [start] = read.entries;
  if (start?.kind !== 'start') {
    throw new TsplayError('usage', `the journal of run ${id} is empty: the run ended before anything was done`, {
      hint: 'run the playbook again',
    });
  }
  if (start.format !== FORMAT) {
    throw new TsplayError('usage', `the journal of run ${id} has format ${start.format}; this tsplay reads ${FORMAT}`, {
      hint: `use the tsplay that wrote it (${start.program}), or run the playbook again`,
    });
  }
  return { folder, start, read, entries: read.entries };
}

function readJournal(folder: RunFolder): string {
  try {
    return readFileSync(folder.journal, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new TsplayError('usage', `there is no run ${folder.id}`, { hint: 'tsplay runs lists those that are kept' });
  }
}

export function invocationOf({ start }: KeptRun, { seal }: State): Invocation {
  return JSON.parse(seal.open(Buffer.from(start.sealed, 'base64')).toString()) as Invocation;
}

const ENDS: ReadonlySet<Entry['kind']> = new Set(['start', 'resume', 'end', 'rolled-back']);

/** How a run stands: its last end counts, unless it went on after it. */
export function standing(run: KeptRun): 'running' | 'interrupted' | 'rolled-back' | { readonly exit: number } {
  if (isLocked(run.folder.lock)) return 'running';
  const last = run.entries.findLast(({ kind }) => ENDS.has(kind));
  if (last?.kind === 'rolled-back') return 'rolled-back';
  return last?.kind === 'end' ? { exit: last.exit } : 'interrupted';
}

/** Removes the oldest runs that are over, so that `keep` are left and none is older than `days`. Gives their ids. */
export function prune(state: State, keep: number, days: number, now: Date): string[] {
  const ids = runIds(state.dir);
  const oldest = Number.isFinite(days) ? stampOf(new Date(now.getTime() - days * DAY)) : '';
  return removeRuns(
    state,
    ids.filter((id, index) => index < ids.length - keep || id.slice(0, oldest.length) < oldest),
  );
}

/** Removes runs, except those that go on. Gives the ids of those that are gone. */
export function removeRuns({ dir, seal }: State, ids: readonly string[]): string[] {
  const folders = ids.map((id) => RunFolder.open(dir, id, seal)).filter(({ lock }) => !isLocked(lock));
  for (const folder of folders) folder.remove();
  return folders.map(({ id }) => id);
}

const DAY = 86_400_000;

/** As ids begin: `20260131`. */
function stampOf(date: Date): string {
  return date.toISOString().replace(/[-:]/g, '').slice(0, 8);
}
