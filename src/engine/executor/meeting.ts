import { comparePaths, type Path } from './path.ts';

/** Hosts at one place, and how each goes on from there. */
interface Arrival<S> {
  readonly host: string;
  readonly path: Path;
  readonly site: S;
  readonly go: (outcome: unknown) => void;
  readonly stop: (error: unknown) => void;
}

/** Does the work of a place for the hosts that are there; gives each host's outcome. */
export type Work<S, O> = (path: Path, site: S, hosts: readonly string[]) => Promise<ReadonlyMap<string, O>>;

/** Where the hosts of a batch meet before each task. */
export interface Meeting<S, O> {
  /** The host is at a place; resolves when the work there is done for it. */
  arrive(host: string, path: Path, site: S): Promise<O>;
  /** The host will not come again. */
  leave(host: string): void;
  /** Takes hosts that wait out of the play with this error (any_errors_fatal). */
  dismiss(error: () => unknown): void;
}

/**
 * Strategy `linear`: nobody starts a task before everybody has finished the ones before it. When all hosts wait, those
 * at the earliest place go on together.
 */
export class Lockstep<S, O> implements Meeting<S, O> {
  private readonly order: ReadonlyMap<string, number>;
  private readonly walking: Set<string>;
  private waiting: Arrival<S>[] = [];
  private readonly work: Work<S, O>;

  constructor(hosts: readonly string[], work: Work<S, O>) {
    this.order = new Map(hosts.map((host, index) => [host, index]));
    this.walking = new Set(hosts);
    this.work = work;
  }

  arrive(host: string, path: Path, site: S): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.walking.delete(host);
      this.waiting.push({ host, path, site, go: resolve as (outcome: unknown) => void, stop: reject });
      this.proceed();
    });
  }

  leave(host: string): void {
    this.walking.delete(host);
    this.proceed();
  }

  dismiss(error: () => unknown): void {
    const dismissed = this.waiting;
    this.waiting = [];
    for (const arrival of dismissed) {
      this.walking.add(arrival.host);
      arrival.stop(error());
    }
  }

  private proceed(): void {
    if (this.walking.size > 0 || this.waiting.length === 0) return;
    const first = this.waiting.reduce((a, b) => (comparePaths(b.path, a.path) < 0 ? b : a));
    const here = this.waiting.filter((arrival) => comparePaths(arrival.path, first.path) === 0);
    here.sort((a, b) => this.order.get(a.host)! - this.order.get(b.host)!);
    this.waiting = this.waiting.filter((arrival) => comparePaths(arrival.path, first.path) !== 0);
    for (const { host } of here) this.walking.add(host);
    const hosts = here.map((arrival) => arrival.host);
    this.work(first.path, first.site, hosts).then(
      (outcomes) => {
        for (const arrival of here) arrival.go(outcomes.get(arrival.host));
      },
      (error) => {
        for (const arrival of here) arrival.stop(error);
      },
    );
  }
}

/** Strategies `free` and `host_pinned`: each host goes on as fast as it can. */
export class Free<S, O> implements Meeting<S, O> {
  private readonly work: Work<S, O>;

  constructor(work: Work<S, O>) {
    this.work = work;
  }

  async arrive(host: string, path: Path, site: S): Promise<O> {
    const outcomes = await this.work(path, site, [host]);
    return outcomes.get(host)!;
  }

  leave(): void {}

  dismiss(): void {}
}
