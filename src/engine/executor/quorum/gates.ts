import { matchHosts } from '../../inventory/patterns/match.ts';
import type { Place } from '../../journal/types.ts';
import type { Play } from '../../model/playbook.ts';
import type { Position } from '../../model/source.ts';
import type { Scope } from '../../model/value.ts';
import type { PlayFrame } from '../../vars/frame.ts';
import type { RunContext } from '../context.ts';
import { pause } from '../pause.ts';
import { patternOf } from '../play-hosts.ts';
import type { Losses } from '../play-state.ts';
import { retryPolicy } from '../retry.ts';
import { recapOf } from '../tally.ts';
import { askHealth, type RunMade } from './health.ts';
import { advice, type Members, refusal } from './members.ts';

/** A play whose batches begin only if all is well. */
export interface Guarded {
  readonly run: RunContext;
  readonly play: Play;
  /** Of the play among those of the run, from 0. */
  readonly index: number;
  /** As it is shown. */
  readonly name: string;
  readonly scope: Scope;
  readonly prompts: PlayFrame['prompts'];
  /** All hosts of the play, also those that are lost. */
  readonly hosts: readonly string[];
  readonly batches: readonly (readonly string[])[];
  readonly losses: Losses;
  /** Of which so many must stay up; undefined under other strategies. */
  readonly members: Members | undefined;
  readonly runMade: RunMade;
}

/** What stands before each batch of a play, and after the last one. */
export class Gates {
  private readonly guarded: Guarded;

  constructor(guarded: Guarded) {
    this.guarded = guarded;
  }

  /** Whether the batch of this number may begin; as many as there are batches: whether the play ended well. Tells why not. */
  async open(batch: number): Promise<boolean> {
    const { run, play, members, batches } = this.guarded;
    if (!play.serialHealth && !members) return true;
    if (run.settings.checkMode) return this.foretell(batch);
    if (!(await this.isHealthy(batch))) return false;
    if (!members || !batches[batch] || this.isOver(batch)) return true;
    return this.hasQuorum(members, batch);
  }

  /** The batch has come to its end. */
  close(batch: number): void {
    const { run, members } = this.guarded;
    if (members) this.remember(run, `batch ${batch + 1}`);
  }

  /** Told, not asked: how hosts would be after changes that were not made nobody knows. */
  private foretell(batch: number): true {
    const { run, play, batches } = this.guarded;
    if (!play.serialHealth || batch > 0) return true;
    const many = batches.length === 1 ? 'the batch' : `each of ${batches.length} batches`;
    const message = `check mode does not ask for the health of ${this.asked().join(', ')}, as a run would around ${many}`;
    run.emit({ type: 'warning', message, position: play.serialHealth.position });
    return true;
  }

  /** What was passed in an earlier part of the run is passed: a batch that was cut off may be why hosts are not well. */
  private async isHealthy(batch: number): Promise<boolean> {
    const { run, play } = this.guarded;
    const { serialHealth } = play;
    if (!serialHealth || this.knows(`gate ${batch + 1}`)) return true;
    const policy = serialHealth.retry ? retryPolicy({ retry: serialHealth.retry }, this.guarded.scope) : undefined;
    let hosts = this.asked();
    for (let tried = 1; ; tried++) {
      const what = `health ${this.when(batch)}`;
      const ill = await this.ask(what, serialHealth.tasks, hosts);
      if (run.interrupted.aborted) return false;
      if (ill.length === 0) break;
      if (tried >= (policy?.tries ?? 1)) return this.refuse(this.illness(ill, batch), serialHealth.position, ill);
      hosts = ill;
      await pause(policy?.pause(tried) ?? 0, run.interrupted).catch(() => undefined);
    }
    this.remember(run, `gate ${batch + 1}`);
    return true;
  }

  private async hasQuorum(members: Members, batch: number): Promise<boolean> {
    const { run, play, batches, losses } = this.guarded;
    const hosts = batches[batch]!;
    const tasks = play.quorum?.health ?? [];
    const others = members.names.filter((name) => !hosts.includes(name));
    const what = `members of ${members.group} ${this.when(batch)}`;
    const down = tasks.length > 0 ? await this.ask(what, tasks, others) : [...losses.failed, ...losses.unreachable];
    if (run.interrupted.aborted) return false;
    const reason = refusal(members, hosts, down);
    if (!reason) return true;
    return this.refuse(`${reason} (${advice(members)})${this.untouched(batch)}`, members.position, hosts);
  }

  private async ask(
    what: string,
    tasks: Parameters<typeof askHealth>[1]['tasks'],
    hosts: readonly string[],
  ): Promise<string[]> {
    if (hosts.length === 0) return [];
    const { run, play, index, name, prompts, runMade } = this.guarded;
    const ill = await askHealth(run, { play, index, name, prompts, what, tasks, hosts }, runMade);
    return hosts.filter((host) => ill.has(host));
  }

  private asked(): string[] {
    const { run, play, scope, hosts } = this.guarded;
    const written = play.serialHealth?.hosts;
    return written === undefined ? [...hosts] : matchHosts(run.variables.store.inventory, patternOf(written, scope));
  }

  private illness(ill: readonly string[], batch: number): string {
    const { name } = this.guarded;
    return `${name} ends ${this.when(batch)}: health was not reached on ${ill.join(', ')}${this.untouched(batch)}`;
  }

  /** The play ends as if these hosts had failed, so that a run that goes on comes here again. */
  private refuse(message: string, position: Position, hosts: readonly string[]): false {
    const { run, losses } = this.guarded;
    run.emit({ type: 'warning', message, isError: true, position });
    for (const host of hosts) {
      losses.failed.add(host);
      recapOf({ run }, host).failed++;
    }
    return false;
  }

  /** Hosts of this batch and of those after it. */
  private untouched(batch: number): string {
    const hosts = this.guarded.batches.slice(batch).flat();
    return hosts.length > 0 ? `; not touched: ${hosts.join(', ')}` : '';
  }

  private when(batch: number): string {
    const { batches } = this.guarded;
    const next = batches[batch];
    if (next) return `before batch ${batch + 1} of ${batches.length} (${next.join(', ')})`;
    return batches.length === 1 ? 'in the end' : `after batch ${batch} of ${batches.length}`;
  }

  private isOver(batch: number): boolean {
    return this.knows(`batch ${batch + 1}`);
  }

  private knows(what: string): boolean {
    return this.guarded.run.record.finished(this.place(what)) !== undefined;
  }

  private remember(run: RunContext, what: string): void {
    run.record.finish(this.place(what), { status: 'ok', ignored: false, result: new Map(), notify: [], ran: [] });
  }

  private place(what: string): Place {
    const { index, batches } = this.guarded;
    return { play: index, host: batches[0]?.[0] ?? '', task: what, turn: 0 };
  }
}
