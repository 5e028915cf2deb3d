import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readLines } from '../lines.ts';
import { type KeptRun, openRun, type State } from '../open.ts';
import type { Entry } from '../records.ts';
import { stateOf } from '../summary.ts';
import { StoryBuilder } from './builder.ts';
import { unsealing } from './details.ts';
import type { Story } from './types.ts';

/** Follows the journal of a run that may go on: each look reads only what was added. */
export class Follower {
  private readonly run: KeptRun;
  private readonly state: State;
  private readonly builder: StoryBuilder;
  /** What says how the run stands. */
  private marks: readonly Entry[];
  private position: number;
  private last: string;

  /** Throws TsplayError if the journal cannot be read. */
  constructor(state: State, id: string) {
    this.state = state;
    this.run = openRun(state, id);
    this.builder = new StoryBuilder(unsealing(state.seal));
    for (const entry of this.run.entries) this.builder.add(entry);
    this.marks = this.run.entries.filter(isMark);
    this.position = this.run.read.length;
    this.last = this.run.read.last;
  }

  /** The story up to now. Throws TsplayError if what was added is damaged. */
  look(): Story {
    // Asked first: whoever ends after this has written what is read now.
    const standing = () => stateOf({ ...this.run, entries: this.marks });
    const { state } = standing();
    this.readOn();
    return this.builder.story(state === 'running' ? { state } : standing());
  }

  private readOn(): void {
    const { journal } = this.run.folder;
    const text = readFrom(journal, this.position);
    const { entries, length, last } = readLines(text, journal, this.state.seal, this.last);
    for (const entry of entries) this.builder.add(entry);
    this.marks = [...this.marks, ...entries.filter(isMark)];
    this.position += length;
    this.last = last;
  }
}

function isMark({ kind }: Entry): boolean {
  return kind === 'start' || kind === 'resume' || kind === 'end' || kind === 'rolled-back';
}

function readFrom(path: string, position: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - position));
    const read = readSync(file, bytes, 0, bytes.length, position);
    return bytes.subarray(0, read).toString();
  } finally {
    closeSync(file);
  }
}

/** The story of a run as its journal has it now. Throws TsplayError if it cannot be read. */
export function storyOf(state: State, id: string): Story {
  return new Follower(state, id).look();
}
