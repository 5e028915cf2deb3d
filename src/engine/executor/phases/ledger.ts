import type { Emit, PhaseInfo, PhaseResult, PhaseStatus } from '../../model/event.ts';
import type { Phase } from '../../model/playbook.ts';

/** A phase while hosts come and go. */
interface Open {
  readonly info: PhaseInfo;
  /** Hosts that are in it, with the time since when. */
  readonly inside: Map<string, number>;
  /** Those of them that nobody was told of yet. */
  fresh: string[];
  /** Hosts that have left it since it was told last. */
  ended: Map<string, PhaseResult>;
}

/**
 * What became of the phases of a run, on each host; later phases ask it for what they need. Tells of a phase when its
 * first task is about to start, by when the hosts that go in step are all in it, and when the last of them has left.
 */
export class PhaseLedger {
  private readonly emit: Emit;
  private readonly open = new Map<string, Open>();
  private readonly known = new Map<string, Map<string, PhaseStatus>>();

  constructor(emit: Emit) {
    this.emit = emit;
  }

  enter(phase: Phase, host: string): void {
    const open = this.opened(phase);
    open.inside.set(host, Date.now());
    open.fresh.push(host);
  }

  leave(phase: Phase, host: string, how: Pick<PhaseResult, 'status' | 'tries'> & { readonly error?: string }): void {
    const open = this.opened(phase);
    const ended = Date.now();
    open.ended.set(host, { ...how, started: open.inside.get(host) ?? ended, ended });
    open.inside.delete(host);
    this.know(phase.name, host, how.status);
  }

  /** The run ends while the host is in the phase: it has not left it. */
  abandon(phase: Phase, host: string): void {
    this.opened(phase).inside.delete(host);
  }

  retry(phase: Phase, retry: { host: string; attempt: number; tries: number; fixing: boolean; error: string }): void {
    this.emit({ type: 'phase-retry', phase: infoOf(phase), ...retry, time: Date.now() });
  }

  /** What an earlier part of the run, or somebody's choice, made of a phase. */
  know(name: string, host: string, status: PhaseStatus): void {
    const hosts = this.known.get(name) ?? new Map<string, PhaseStatus>();
    this.known.set(name, hosts.set(host, status));
  }

  /** By host; nothing of a phase that no host came to. */
  statusOf(name: string): ReadonlyMap<string, PhaseStatus> {
    return this.known.get(name) ?? new Map();
  }

  /** Tells what happened since it was called last. To be called before tasks start, and when a batch of hosts is done. */
  tell(): void {
    for (const [name, open] of this.open) {
      const { info, inside, fresh, ended } = open;
      const begun = fresh.filter((host) => inside.has(host) || ended.get(host)?.status !== 'skipped');
      if (begun.length > 0) this.emit({ type: 'phase-start', phase: info, hosts: begun, time: Date.now() });
      open.fresh = [];
      if (inside.size > 0) continue;
      if (ended.size > 0) this.emit({ type: 'phase-end', phase: info, hosts: ended, time: Date.now() });
      this.open.delete(name);
    }
  }

  private opened(phase: Phase): Open {
    let open = this.open.get(phase.name);
    if (!open) {
      open = { info: infoOf(phase), inside: new Map(), fresh: [], ended: new Map() };
      this.open.set(phase.name, open);
    }
    return open;
  }
}

export function infoOf({ name, purpose, needs, position }: Phase): PhaseInfo {
  return { name, ...(purpose !== undefined && { purpose }), needs: needs.map((need) => need.name), position };
}
