import type { Play } from '../model/playbook.ts';
import type { RunContext } from './context.ts';
import type { Losses } from './play-state.ts';
import { runPlay } from './run-play.ts';
import { refuseUnsupported } from './unsupported.ts';

/** Ansible's: 0 all well, 2 a host failed, 4 a host was unreachable. */
export type ExitCode = 0 | 2 | 4;

/** Runs plays one after the other. Mistakes of the content are thrown as TsplayError; what hosts did is the exit code. */
export async function runPlays(run: RunContext, plays: readonly Play[], limit: string | undefined): Promise<ExitCode> {
  refuseUnsupported(plays);
  const losses: Losses = { failed: new Set(), unreachable: new Set() };
  try {
    for (const play of plays) {
      const over = await runPlay(run, play, limit, losses);
      if (over || run.interrupted.aborted) break;
    }
  } finally {
    run.emit({ type: 'run-end', recap: run.recap, stats: run.stats, time: Date.now() });
    await run.connections.close();
  }
  if (losses.unreachable.size > 0) return 4;
  return losses.failed.size > 0 ? 2 : 0;
}
