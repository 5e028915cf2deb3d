import pLimit from 'p-limit';
import type { Phase } from '../model/playbook.ts';
import { breaksBatch } from './fail-together.ts';
import { Free, Lockstep, type Meeting } from './meeting.ts';
import type { Path } from './path.ts';
import type { PlayState, Site } from './play-state.ts';
import { Program, type Section } from './program.ts';
import { HostEnded, TaskFailed } from './signals.ts';
import { type SiteOutcome, workAt } from './site-work.ts';

export interface BatchEnd {
  /** `end_play` was met: the batches after this one are not run. */
  readonly endPlay: boolean;
}

/** Runs the sections of a play on one batch of hosts, each host by a program of its own. */
export async function runBatch(state: PlayState, sections: readonly Section[], phase?: Phase): Promise<BatchEnd> {
  let endPlay = false;
  let fatal: unknown;
  const work = async (path: Path, site: Site, hosts: readonly string[]): Promise<ReadonlyMap<string, SiteOutcome>> => {
    if (state.run.interrupted.aborted) throw new HostEnded();
    state.run.phases.ledger.tell();
    const outcomes = await workAt(state, path, site, hosts);
    const ending = [...outcomes.values()].find(({ meta }) => meta === 'end_play' || meta === 'end_batch');
    if (ending) {
      endPlay ||= ending.meta === 'end_play';
      meeting.dismiss(() => new HostEnded());
    }
    const broken = breaksBatch(state, site, outcomes);
    if (broken) {
      // Ansible says it twice where too many failed, and not where one failure is enough; scripts may count.
      for (let said = 0; said < (broken === 'too-many' ? 2 : 0); said++) state.run.emit({ type: 'no-hosts-left' });
      meeting.dismiss(() => new TaskFailed('it ended for all hosts'));
      return failAll(outcomes);
    }
    return outcomes;
  };
  const hosts = [...state.hosts.values()];
  const meeting: Meeting<Site, SiteOutcome> =
    state.strategy === 'linear'
      ? new Lockstep(
          hosts.map(({ name }) => name),
          work,
        )
      : new Free(work);
  const places = pLimit(state.strategy === 'host_pinned' ? Math.max(1, state.run.settings.forks) : hosts.length);
  await Promise.all(
    hosts.map(async (host) => {
      try {
        await places(() => new Program(state, host, meeting).run(sections, phase));
      } catch (error) {
        // A mistake of the content (a handler that is not there) ends the whole run, but the others finish their task.
        fatal ??= error;
        meeting.dismiss(() => new HostEnded());
      }
    }),
  );
  state.run.phases.ledger.tell();
  if (fatal) throw fatal;
  return { endPlay };
}

/** any_errors_fatal: those that did well fail with the others, without a message of their own. */
function failAll(outcomes: ReadonlyMap<string, SiteOutcome>): Map<string, SiteOutcome> {
  return new Map(
    [...outcomes].map(([host, outcome]) => [
      host,
      outcome.status === 'unreachable'
        ? outcome
        : { ...outcome, status: 'failed' as const, ignored: false, blocks: [] },
    ]),
  );
}
