import type { PhaseStatus } from '../../model/event.ts';
import type { Entry } from '../records.ts';
import { readTold, type ToldPhase } from './told-events.ts';
import type { Part } from './types.ts';

/** A phase on a host. Times are milliseconds since the epoch. */
export interface PhaseOnHost {
  readonly status: PhaseStatus | 'in_progress';
  /** When it was begun first. */
  readonly started: number;
  /** When it ended last. */
  readonly ended?: number | undefined;
  readonly tries: number;
  /** Of one that failed: what its journal sealed. */
  readonly error?: string | undefined;
}

/** What became of a phase, over all parts of a run. */
export interface PhaseStory extends ToldPhase {
  /** In the order in which they came to it. */
  readonly hosts: ReadonlyMap<string, PhaseOnHost>;
  /** When hosts were in it. */
  readonly spans: readonly Part[];
}

/** Opens what is sealed; undefined where nobody asks for it. */
export type Unseal = (sealed: string) => unknown;

interface Followed extends ToldPhase {
  readonly hosts: Map<string, PhaseOnHost>;
  readonly spans: { readonly from: number; to: number }[];
  /** Hosts are in it. */
  open: boolean;
}

/** Follows phases through a journal. */
export class PhaseBook {
  private readonly phases = new Map<string, Followed>();
  private readonly unseal: Unseal | undefined;

  constructor(unseal?: Unseal) {
    this.unseal = unseal;
  }

  add(entry: Entry): void {
    if (entry.kind === 'resume') for (const phase of this.phases.values()) phase.open = false;
    if (entry.kind !== 'event') return;
    const told = readTold(entry.told);
    if ('time' in told) this.goOn(told.time);
    switch (told.type) {
      case 'run':
        for (const phase of told.phases) this.declare(phase);
        return;
      case 'phase':
        return this.begin(told.name, told.hosts, told.time);
      case 'phase-retry':
        return this.set(told.name, told.host, { status: 'in_progress', started: told.time, tries: told.attempt });
      case 'phase-end': {
        const errors = entry.sealed === undefined ? undefined : this.errors(entry.sealed);
        this.close(told.name);
        for (const [host, result] of Object.entries(told.hosts)) {
          const error = errors && Object.hasOwn(errors, host) ? errors[host] : undefined;
          this.set(told.name, host, { ...result, error });
        }
        return;
      }
      case 'phase-undone':
        for (const host of told.hosts) this.phases.get(told.name)?.hosts.delete(host);
    }
  }

  /** In the order of the playbooks. */
  stories(): PhaseStory[] {
    return [...this.phases.values()].map(({ open: _, ...story }) => story);
  }

  private declare(phase: ToldPhase): void {
    const { hosts = new Map(), spans = [] } = this.phases.get(phase.name) ?? {};
    this.phases.set(phase.name, { ...phase, hosts, spans, open: false });
  }

  private begin(name: string, hosts: readonly string[], time: number): void {
    const phase = this.phases.get(name);
    if (phase && !phase.open) {
      phase.spans.push({ from: time, to: time });
      phase.open = true;
    }
    for (const host of hosts) this.set(name, host, { status: 'in_progress', started: time, tries: 1 });
  }

  private goOn(time: number): void {
    for (const { open, spans } of this.phases.values()) {
      const span = open ? spans.at(-1) : undefined;
      if (span) span.to = Math.max(span.to, time);
    }
  }

  private close(name: string): void {
    const phase = this.phases.get(name);
    if (phase) phase.open = false;
  }

  private set(name: string, host: string, on: PhaseOnHost): void {
    const hosts = this.phases.get(name)?.hosts;
    const before = hosts?.get(host);
    hosts?.set(host, { ...on, started: Math.min(before?.started ?? on.started, on.started) });
  }

  private errors(sealed: string): Readonly<Record<string, string>> | undefined {
    return (this.unseal?.(sealed) as { readonly errors?: Record<string, string> } | undefined)?.errors;
  }
}

export function phaseStories(entries: readonly Entry[]): PhaseStory[] {
  const book = new PhaseBook();
  for (const entry of entries) book.add(entry);
  return book.stories();
}
