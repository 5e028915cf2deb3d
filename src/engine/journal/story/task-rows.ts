import type { DoneEntry } from '../records.ts';
import type { ToldEvent, ToldResult } from './told-events.ts';
import { endedHost, type ResultStory, type TaskStory } from './types.ts';

type Row = Omit<TaskStory, 'results'> & { readonly results: Mutable[] };
type Mutable = { -readonly [Name in keyof ResultStory]: ResultStory[Name] };
type ToldTask = Extract<ToldEvent, { type: 'task' }>;

/** A task as the part of the run that goes on now told it. */
interface Current {
  readonly told: ToldTask;
  readonly play: number;
  readonly phase: string | undefined;
  readonly key: string;
  row: Row | undefined;
}

/**
 * Gathers the results of tasks. A part of the run that went on numbers its tasks anew: what it gives is put to the task
 * of an earlier part that stands at the same place and that the host had not finished.
 */
export class TaskRows {
  readonly rows: Row[] = [];
  private readonly byKey = new Map<string, Row[]>();
  private current = new Map<number, Current>();
  private readonly items = new Map<string, ResultStory['items'][number][]>();
  private readonly latest = new Map<string, Mutable>();
  /** Failures of the part of the run that goes on now, and of those before it. */
  private failures: Mutable[] = [];
  private earlier: Mutable[] = [];
  private resumed = false;

  resume(): void {
    this.resumed = true;
    this.earlier.push(...this.failures);
    this.failures = [];
    this.current = new Map();
    this.items.clear();
  }

  begin(told: ToldTask, play: number, phase: string | undefined): void {
    const key = JSON.stringify([play, told.at, told.name, told.handler]);
    const current: Current = { told, play, phase, key, row: undefined };
    this.current.set(told.id, current);
    if (!this.resumed) current.row = this.made(current);
  }

  item({ task, host, status }: ToldResult, sealed: string | undefined): void {
    const key = `${task} ${host}`;
    const items = this.items.get(key) ?? [];
    items.push({ status, sealed });
    this.items.set(key, items);
  }

  result(told: ToldResult, sealed: string | undefined): void {
    const current = this.current.get(told.task);
    if (!current) return;
    const { host, status, time, ms, delegatedTo } = told;
    const key = `${told.task} ${host}`;
    const items = this.items.get(key) ?? [];
    this.items.delete(key);
    const result: Mutable = {
      host,
      status,
      ignored: told.ignored ?? false,
      rescued: false,
      outlived: false,
      delegatedTo,
      time,
      ms,
      sealed,
      items,
    };
    this.rowFor(current, host).results.push(result);
    this.latest.set(host, result);
    if (endedHost(result)) this.failures.push(result);
    this.outlive(host);
  }

  /** Only a failure that somebody took care of is done. */
  done({ status, place }: DoneEntry): void {
    const result = this.latest.get(place.host);
    if (status === 'failed' && result?.status === 'failed') result.rescued = true;
  }

  /** The host is there again. */
  private outlive(host: string): void {
    for (const failure of this.earlier) if (failure.host === host) failure.outlived = true;
    this.earlier = this.earlier.filter((failure) => !failure.outlived);
  }

  private rowFor(current: Current, host: string): Row {
    if (current.row) return current.row;
    const open = this.byKey.get(current.key)?.find((row) => {
      const last = row.results.findLast((result) => result.host === host);
      return !last || endedHost(last);
    });
    if (open) return open;
    current.row = this.made(current);
    return current.row;
  }

  private made({ told, play, phase, key }: Current): Row {
    const { name, action, at, time } = told;
    const row: Row = { play, phase, name, action, at, handler: told.handler ?? false, started: time, results: [] };
    this.rows.push(row);
    this.byKey.set(key, [...(this.byKey.get(key) ?? []), row]);
    return row;
  }
}
