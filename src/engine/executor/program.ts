import type { Place } from '../journal/types.ts';
import type { Block, Item, Phase, Task } from '../model/playbook.ts';
import type { Raw, Value } from '../model/value.ts';
import { dict } from '../model/value.ts';
import type { HostRun } from './host-run.ts';
import type { Meeting } from './meeting.ts';
import { settleNotifications } from './notifications.ts';
import { type Path, pathKey } from './path.ts';
import { failureText } from './phases/failure-text.ts';
import { type PhaseWork, runPhase } from './phases/run-phase.ts';
import type { PlayState, Site } from './play-state.ts';
import { HostEnded, HostLost, RoleEnded, TaskFailed } from './signals.ts';
import type { SiteOutcome } from './site-work.ts';
import { rendered } from './task-name.ts';

/** The parts of a play in order; handlers that were notified run after a part that says so. */
export interface Section {
  readonly items: readonly Item[];
  readonly flush: boolean;
}

/**
 * One host's way through a play: blocks, rescues, includes and handlers are plain nesting of calls. Before each task
 * it meets the other hosts, so that this code says nothing of how they keep in step.
 */
export class Program {
  private readonly state: PlayState;
  private readonly host: HostRun;
  private readonly meeting: Meeting<Site, SiteOutcome>;

  constructor(state: PlayState, host: HostRun, meeting: Meeting<Site, SiteOutcome>) {
    this.state = state;
    this.host = host;
    this.meeting = meeting;
  }

  /** Ends with the host's state set; never throws for what a host did. */
  async run(sections: readonly Section[], phase: Phase | undefined): Promise<void> {
    const { host } = this;
    const tasks = (path: Path) => this.sections(sections, path);
    try {
      if (phase) await this.phase({ phase, path: [], tasks });
      else await tasks([]);
      host.state = 'ended';
    } catch (error) {
      this.stopped(error);
    } finally {
      this.meeting.leave(host.name);
    }
  }

  private async sections(sections: readonly Section[], path: Path): Promise<void> {
    for (const [index, section] of sections.entries()) {
      const failure = await this.caught(() => this.items(section.items, [...path, index, 0]));
      if (section.flush && (!failure || this.state.run.forceHandlers)) await this.flush([...path, index, 1]);
      if (failure) throw failure;
    }
  }

  private phase(work: Omit<PhaseWork, 'fix'>): Promise<void> {
    return runPhase(this.state, this.host, { ...work, fix: (path) => this.items(work.phase.fix, path) });
  }

  private stopped(error: unknown): void {
    const { host } = this;
    if (error instanceof HostEnded) host.state = 'ended';
    else if (error instanceof HostLost) host.state = 'unreachable';
    else if (error instanceof TaskFailed) host.state = 'failed';
    else throw error;
  }

  private async items(items: readonly Item[], path: Path): Promise<void> {
    for (const [index, item] of items.entries()) {
      const here = [...path, index];
      if (item.kind === 'block') await this.block(item, here);
      else await this.task(item, here);
    }
  }

  private async block(block: Block, path: Path): Promise<void> {
    const { phase } = block;
    if (phase) return this.phase({ phase, block, path, tasks: (below) => this.plainBlock(block, below) });
    if (block.origin === 'role') return this.roleBlock(block, path);
    return this.plainBlock(block, path);
  }

  private async plainBlock(block: Block, path: Path): Promise<void> {
    const { pardons, trail } = this.host;
    const begun = trail.length;
    let failure = await this.caught(() => this.guarded(block, path));
    if (failure && block.rescue.length > 0) failure = await this.caught(() => this.items(block.rescue, [...path, 1]));
    if (block.always.length > 0) failure = (await this.caught(() => this.items(block.always, [...path, 2]))) ?? failure;
    if (!failure || this.host.pardons !== pardons) return;
    if (block.rescue.length > 0 || block.always.length > 0) this.forget(trail.slice(begun));
    throw failure;
  }

  /** What a block did stands no more once it was cleaned up: who goes on later begins it anew. */
  private forget(places: readonly Place[]): void {
    if (this.host.rescuers > 0) return;
    for (const place of places) this.state.run.record.forget(place);
  }

  private async guarded(block: Block, path: Path): Promise<void> {
    const { host } = this;
    const guards = block.rescue.length > 0 ? 1 : 0;
    host.rescuers += guards;
    try {
      await this.items(block.items, [...path, 0]);
    } finally {
      host.rescuers -= guards;
    }
  }

  /** A failed task, if one ended this part; what is no failure of a task goes on up. */
  private async caught(part: () => Promise<void>): Promise<TaskFailed | undefined> {
    try {
      await part();
      return undefined;
    } catch (error) {
      if (error instanceof TaskFailed) return error;
      throw error;
    }
  }

  private async roleBlock(block: Block, path: Path): Promise<void> {
    const { host } = this;
    const { role } = block;
    if (!role) return this.plainBlock(block, path);
    if (!role.allowDuplicates && host.finishedRoles.has(role.identity)) return;
    try {
      await this.plainBlock(block, path);
    } catch (error) {
      if (!(error instanceof RoleEnded)) throw error;
    }
    if (host.startedRoles.has(role.path)) host.finishedRoles.add(role.identity);
  }

  private async task(task: Task, path: Path): Promise<void> {
    const { host } = this;
    const outcome = await this.meeting.arrive(host.name, path, { task, handler: task.isHandler });
    if (outcome.meta) return this.meta(outcome.meta, path);
    if (outcome.status === 'unreachable' && !outcome.ignored) throw new HostLost(this.reason(task, path, outcome));
    if (outcome.status === 'failed' && !outcome.ignored) {
      this.remember(task, outcome);
      throw new TaskFailed(this.reason(task, path, outcome));
    }
    for (const { block, path: below, finished } of outcome.blocks ?? []) {
      if (finished && host.finishedRoles.has(finished)) continue;
      await this.block(block, below);
    }
  }

  private reason(task: Task, path: Path, { result }: SiteOutcome): string {
    const info = this.state.infos.get(pathKey(path));
    return failureText(info?.name ?? task.written, info?.noLog === true, result);
  }

  /** What a rescue may ask about. */
  private remember(task: Task, outcome: SiteOutcome): void {
    const { run, frame } = this.state;
    if (this.host.rescuers === 0) return;
    const { store } = run.variables;
    const scope = run.variables.scope(frame, this.host.name, { item: task });
    const failed = dict({
      name: task.keywords.name === undefined ? task.written : rendered(task.keywords.name, scope),
      action: task.written,
      args: new Map<Value, Value>([...task.args].map(([name, raw]) => [name, plain(raw)])),
    });
    store.register(this.host.name, 'ansible_failed_task', failed);
    store.register(this.host.name, 'ansible_failed_result', outcome.result);
  }

  private async meta(action: string, path: Path): Promise<void> {
    switch (action) {
      case 'flush_handlers':
        return this.flush([...path, 0]);
      case 'end_host':
      case 'end_play':
      case 'end_batch':
        throw new HostEnded();
      case 'end_role':
        throw new RoleEnded();
    }
  }

  /** Runs notified handlers, once and in their order: one that a later one notifies waits for the next time. */
  private async flush(path: Path): Promise<void> {
    const { host, state } = this;
    settleNotifications(state, host);
    host.flushing = true;
    try {
      for (const [index, handler] of state.handlers.all.entries()) {
        if (!host.notified.has(handler)) continue;
        try {
          await this.task(handler, [...path, index]);
        } finally {
          host.notified.delete(handler);
        }
      }
    } finally {
      host.flushing = false;
    }
  }
}

function plain(raw: Raw): Value {
  return typeof raw === 'object' && raw !== null && 'text' in raw ? String(raw.text) : (raw as Value);
}
