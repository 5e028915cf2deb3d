import { Journal } from '../../engine/journal/journal.ts';
import { releaseLock, takeLock } from '../../engine/journal/lock.ts';
import { invocationOf, type KeptRun, type State } from '../../engine/journal/open.ts';
import { type Cut, Past } from '../../engine/journal/past.ts';
import type { Invocation } from '../../engine/journal/records.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { Finished, Place } from '../../engine/journal/types.ts';
import { JournalWriter } from '../../engine/journal/writer.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { dict } from '../../engine/model/value.ts';

/** What a command gave of which only its user knows that it did its work. */
const ASSUMED: Finished = {
  status: 'changed',
  ignored: false,
  result: dict({ changed: true, failed: false, rc: 0, stdout: '', stdout_lines: [], stderr: '', stderr_lines: [] }),
  notify: [],
  ran: [{ effects: [] }],
};

/** A run that is about to go on. */
export class Resumed {
  readonly folder: RunFolder;
  readonly invocation: Invocation;
  readonly past: Past;
  private readonly assumed: Place[] = [];
  private readonly run: KeptRun;
  private readonly state: State;

  /** Takes the run's lock. Throws TsplayError if it cannot go on. */
  constructor(run: KeptRun, state: State) {
    if (run.start.check) {
      throw new TsplayError('usage', `run ${run.folder.id} was a check: it did nothing that could go on`);
    }
    takeLock(run.folder.lock);
    this.run = run;
    this.state = state;
    this.folder = run.folder;
    this.invocation = invocationOf(run, state);
    this.past = new Past(run.entries, state.seal);
  }

  /** The plan that the run is held to, if it is. Throws TsplayError if it is gone. */
  get plan(): Buffer | undefined {
    const { plan } = this.invocation;
    return plan === undefined ? undefined : this.folder.content(plan);
  }

  /** A command that was cut off counts as done. */
  assumeDone({ entry: { place } }: Cut): void {
    this.past.assume(place, ASSUMED);
    this.assumed.push(place);
  }

  /** Ends before it began. */
  release(): void {
    releaseLock(this.folder.lock);
  }

  /** The journal, to be written on. */
  journal(conceal: (text: string) => string): Journal {
    const { folder, past } = this;
    const { seal } = this.state;
    const writer = new JournalWriter(folder.journal, seal, this.run.read);
    const journal = new Journal({ folder, seal, conceal, writer, past });
    journal.goOn();
    for (const place of this.assumed) journal.finish(place, ASSUMED);
    return journal;
  }
}
