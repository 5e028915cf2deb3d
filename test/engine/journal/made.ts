import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '../../../src/engine/journal/open.ts';
import { type Entry, FORMAT, type StartEntry, type Told } from '../../../src/engine/journal/records.ts';
import { RunFolder } from '../../../src/engine/journal/run-folder.ts';
import { JournalWriter } from '../../../src/engine/journal/writer.ts';

/** A state folder of its own; whoever makes it removes `dir`. */
export function madeState(): State {
  const dir = join(mkdtempSync(join(tmpdir(), 'tsplay-journal-')), 'state');
  mkdirSync(dir, { mode: 0o700 });
  return openState(dir);
}

/** A moment for runs to have begun at. */
export const MOMENT = Date.UTC(2026, 0, 31, 9, 5, 0);

/** Writes a run that holds these entries after its start; gives its folder. */
export function madeRun(state: State, entries: readonly Entry[], start: Partial<StartEntry> = {}): RunFolder {
  const time = start.time ?? MOMENT;
  const folder = RunFolder.make(state.dir, new Date(time), state.seal);
  const writer = new JournalWriter(folder.journal, state.seal);
  const invocation = { command: 'run', args: ['site.yml'], directory: '/srv', content: {} };
  writer.append({
    kind: 'start',
    format: FORMAT,
    program: '0.1.0',
    run: folder.id,
    time,
    pid: 1,
    check: false,
    command: 'run',
    playbooks: ['site.yml'],
    sealed: sealed(state, invocation),
    ...start,
  });
  for (const entry of entries) writer.append(entry);
  writer.close();
  return folder;
}

export function sealed({ seal }: State, what: unknown): string {
  return seal.close(Buffer.from(JSON.stringify(what))).toString('base64');
}

/** An event as a journal has it. */
export function event(told: Told, details?: string): Entry {
  return { kind: 'event', told, ...(details !== undefined && { sealed: details }) };
}
