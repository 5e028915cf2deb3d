import type { Recap } from '../../model/event.ts';
import type { Entry, StartEntry } from '../records.ts';
import { type RunState, timeOf } from '../summary.ts';
import { PhaseBook, type Unseal } from './phases.ts';
import { TaskRows } from './task-rows.ts';
import { readTold, type ToldEvent } from './told-events.ts';
import type { PlayStory, Story } from './types.ts';

type Part = { readonly from: number; to: number };

/** Makes a story of a journal, entry by entry, so that one that still grows can be followed. */
export class StoryBuilder {
  private start: StartEntry | undefined;
  private readonly parts: Part[] = [];
  private readonly hosts = new Set<string>();
  private readonly plays = new Map<number, PlayStory>();
  private play = 0;
  private readonly phases: PhaseBook;
  /** Phases that hosts are in, outermost first. */
  private within: string[] = [];
  private readonly tasks = new TaskRows();
  private readonly warnings: { message: string; at?: string | undefined }[] = [];
  private now: Story['now'];
  private recap: ReadonlyMap<string, Recap> | undefined;

  constructor(unseal: Unseal) {
    this.phases = new PhaseBook(unseal);
  }

  add(entry: Entry): void {
    this.phases.add(entry);
    if (entry.kind === 'event' || entry.kind === 'intent' || entry.kind === 'end') this.wentOn(timeOf(entry));
    switch (entry.kind) {
      case 'start':
        this.start = entry;
        this.parts.push({ from: entry.time, to: entry.time });
        return;
      case 'resume':
        this.parts.push({ from: entry.time, to: entry.time });
        this.tasks.resume();
        this.recap = undefined;
        this.within = [];
        return;
      case 'event':
        return this.told(readTold(entry.told), entry.sealed);
      case 'done':
        return this.tasks.done(entry);
      case 'end':
        this.recap = new Map(Object.entries(entry.recap));
    }
  }

  /** `state` is how the run stands, which its journal alone does not say. */
  story({ state, exit }: { readonly state: RunState; readonly exit?: number | undefined }): Story {
    const { start } = this;
    if (!start) throw new Error('a journal begins with its start');
    const { run, program, command, playbooks, check, time } = start;
    const base = { run, program, command, playbooks, check, state, exit, started: time };
    const plays = [...this.plays.values()].sort((a, b) => a.index - b.index);
    return {
      ...base,
      ended: this.parts.at(-1)?.to ?? time,
      parts: this.parts,
      hosts: [...this.hosts],
      plays,
      phases: this.phases.stories(),
      tasks: this.tasks.rows,
      warnings: this.warnings,
      recap: this.recap,
      now: state === 'running' ? this.now : undefined,
    };
  }

  private wentOn(time: number | undefined): void {
    const part = this.parts.at(-1);
    if (part && time !== undefined) part.to = Math.max(part.to, time);
  }

  private told(told: ToldEvent, sealed: string | undefined): void {
    switch (told.type) {
      case 'run':
        for (const [index, name] of told.plays.entries())
          if (!this.plays.has(index)) this.plays.set(index, { index, name, hosts: [] });
        return;
      case 'play':
        return this.playStart(told);
      case 'phase':
        if (!this.within.includes(told.name)) this.within.push(told.name);
        return;
      case 'phase-end':
        this.within = this.within.filter((name) => name !== told.name);
        return;
      case 'task':
        this.now = { name: told.name, at: told.at, since: told.time };
        return this.tasks.begin(told, this.play, this.within.at(-1));
      case 'item':
        return this.tasks.item(told, sealed);
      case 'result':
        this.playOn(told.time);
        return this.tasks.result(told, sealed);
      case 'warning':
        this.warnings.push({ message: told.message, at: told.at });
    }
  }

  private playStart({ index, name, at, hosts, time }: Extract<ToldEvent, { type: 'play' }>): void {
    this.play = index;
    const before = this.plays.get(index);
    const all = [...new Set([...(before?.hosts ?? []), ...hosts])];
    this.plays.set(index, { index, name, at, hosts: all, started: before?.started ?? time, ended: before?.ended });
    for (const host of hosts) this.hosts.add(host);
  }

  private playOn(time: number): void {
    const play = this.plays.get(this.play);
    if (play) this.plays.set(this.play, { ...play, ended: time });
  }
}
