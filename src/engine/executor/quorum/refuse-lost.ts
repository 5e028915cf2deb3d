import { TsplayError } from '../../model/errors.ts';
import type { Play } from '../../model/playbook.ts';
import type { Value } from '../../model/value.ts';
import { evaluate } from '../../template/compile.ts';
import { pyStr } from '../../template/values.ts';
import type { RunContext } from '../context.ts';
import { frameOf } from '../play-frame.ts';
import { hostsOfPlay } from '../play-hosts.ts';
import { batches } from '../serial.ts';
import { strategyNamed } from '../strategy.ts';
import { advice, membersOf, refusal } from './members.ts';

/** Refuses, before any host is touched, a play of which a batch would take its group down even if all of it is up. */
export function refuseLostQuorums(run: RunContext, plays: readonly Play[], limit: string | undefined): void {
  for (const play of plays) {
    const mistake = knownBefore(() => mistakeOf(run, play, limit));
    if (mistake) throw mistake;
  }
}

function mistakeOf(run: RunContext, play: Play, limit: string | undefined): TsplayError | undefined {
  const silent = { ...run, emit: () => {} };
  const scope = run.variables.playScope(frameOf(play, run.settings));
  const strategy = play.strategy === undefined ? run.settings.strategy : pyStr(evaluate(play.strategy, scope));
  if (!strategyNamed(strategy).quorum) return undefined;
  const { ordered } = hostsOfPlay(silent, play, scope, limit);
  if (ordered.length === 0) return undefined;
  const serial: Value | undefined = play.serial === undefined ? undefined : evaluate(play.serial, scope);
  const members = membersOf(play, run.variables.store.inventory, scope);
  for (const batch of batches(ordered, serial)) {
    const reason = refusal(members, batch, []);
    if (reason) return new TsplayError('play', reason, { position: members.position, hint: advice(members) });
  }
  return undefined;
}

/** What needs facts, answers or hosts that are added while the plays run is judged then. */
function knownBefore<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof TsplayError) return undefined;
    throw error;
  }
}
