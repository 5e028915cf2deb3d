import type { Play } from '../model/playbook.ts';
import { concludeJobs } from './background/conclude.ts';
import type { RunContext } from './context.ts';
import { refuseWrongArguments } from './literal-args.ts';
import type { Losses } from './play-state.ts';
import { refuseLostQuorums } from './quorum/refuse-lost.ts';
import { runPlay } from './run-play.ts';

/** Ansible's: 0 all well, 2 a host failed, 4 a host was unreachable. */
export type ExitCode = 0 | 2 | 4;

/** Seconds that tasks in flight get to end by themselves when the run is interrupted. */
const GRACE = 3;

/** Runs plays one after the other. Mistakes of the content are thrown as TsplayError; what hosts did is the exit code. */
export async function runPlays(run: RunContext, plays: readonly Play[], limit: string | undefined): Promise<ExitCode> {
  await refuseWrongArguments(plays, run.loader.script);
  refuseLostQuorums(run, plays, limit);
  const release = endWhenInterrupted(run);
  const losses: Losses = { failed: new Set(), unreachable: new Set() };
  try {
    for (const [index, play] of plays.entries()) {
      const over = await runPlay(run, { play, index, limit, losses });
      if (over || run.interrupted.aborted) break;
    }
    await concludeJobs(run);
  } finally {
    await run.jobs.end();
    run.emit({ type: 'run-end', recap: run.recap, stats: run.stats, time: Date.now() });
    release();
    await run.connections.close();
  }
  if (losses.unreachable.size > 0) return 4;
  return losses.failed.size > 0 ? 2 : 0;
}

/** Ends what tasks in flight run on their hosts, once their grace is over. */
function endWhenInterrupted({ interrupted, connections, jobs }: RunContext): () => void {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => void Promise.all([connections.close(), jobs.end()]), GRACE * 1000);
  };
  interrupted.addEventListener('abort', start, { once: true });
  return () => {
    clearTimeout(timer);
    interrupted.removeEventListener('abort', start);
  };
}
