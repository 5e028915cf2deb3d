import pLimit from 'p-limit';
import { locate } from '../model/errors.ts';
import type { Block, Item, Play } from '../model/playbook.ts';
import { OMIT, type Raw, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import type { PlayFrame } from '../vars/frame.ts';
import { runBatch } from './batch.ts';
import type { RunContext } from './context.ts';
import { concealCredentials } from './credentials.ts';
import { gatherFacts } from './gather.ts';
import { Handlers } from './handlers.ts';
import { HostRun } from './host-run.ts';
import { toBoolean, toNumber } from './keywords.ts';
import { frameOf } from './play-frame.ts';
import { hostsOfPlay } from './play-hosts.ts';
import type { Losses, PlayState } from './play-state.ts';
import type { Section } from './program.ts';
import { askPrompts } from './prompts.ts';
import { Gates } from './quorum/gates.ts';
import { membersOf } from './quorum/members.ts';
import { chosenPhase, selectItems } from './select.ts';
import { batches } from './serial.ts';
import { type Strategy, strategyNamed } from './strategy.ts';
import { rendered } from './task-name.ts';

export interface PlayInputs {
  readonly play: Play;
  /** Among the plays of the run, from 0. */
  readonly index: number;
  readonly limit: string | undefined;
  readonly losses: Losses;
}

/** Runs one play. True if the playbook must end here because a whole batch was lost. */
export async function runPlay(run: RunContext, inputs: PlayInputs): Promise<boolean> {
  try {
    return await runLocated(run, inputs);
  } catch (error) {
    throw locate(error, inputs.play.position);
  }
}

async function runLocated(run: RunContext, { play, index: playIndex, limit, losses }: PlayInputs): Promise<boolean> {
  const unasked = frameOf(play, run.settings);
  const prompts = await askPrompts(run, { play, index: playIndex }, run.variables.playScope(unasked));
  const draft = frameOf(play, run.settings, { prompts });
  const scope = run.variables.playScope(draft);
  const { pattern, matched, ordered } = hostsOfPlay(run, play, scope, limit);
  const hosts = ordered.filter((host) => !losses.failed.has(host) && !losses.unreachable.has(host));
  const name = play.keywords.name === undefined ? pattern : rendered(play.keywords.name, scope);
  const value = (raw: Raw | undefined): Value | undefined => {
    const found = raw === undefined ? OMIT : evaluate(raw, scope);
    return found === OMIT || found === null ? undefined : found;
  };
  const { strategy, debugging, quorum } = strategyNamed(pyStr(value(play.strategy) ?? run.settings.strategy));
  const check = value(play.keywords.check_mode);
  const checkMode = check === undefined ? run.settings.checkMode : toBoolean(check, 'check_mode');
  const announce = (shown: readonly string[]) =>
    run.emit({
      type: 'play-start',
      name,
      index: playIndex,
      position: play.position,
      hosts: shown,
      strategy: strategy === 'linear' ? 'linear' : 'free',
      checkMode,
      time: Date.now(),
    });
  if (hosts.length === 0) {
    announce(hosts);
    if (matched.length === 0) run.emit({ type: 'no-hosts', matched: false });
    return false;
  }
  const cut = batches(hosts, value(play.serial));
  const sizes = value(play.keywords.max_fail_percentage);
  const gates = new Gates({
    run,
    play,
    index: playIndex,
    name,
    scope,
    prompts,
    hosts: matched,
    batches: cut,
    losses,
    members: quorum ? membersOf(play, run.variables.store.inventory, scope) : undefined,
    runMade: runPlay,
  });
  for (const [index, batch] of cut.entries()) {
    if (!(await gates.open(index))) return true;
    announce(index === 0 ? hosts : batch);
    const state = makeState(run, play, matched, batch, losses, {
      index: playIndex,
      prompts,
      strategy,
      debugging: debugging || run.settings.debuggerEnabled,
      maxFailPercentage: sizes === undefined ? undefined : toNumber(sizes, 'max_fail_percentage'),
      forceHandlers: value(play.forceHandlers),
    });
    concealCredentials(run, state.frame, batch);
    const { endPlay } = await runBatch(state, sectionsOf(state, play), play.phase && chosenPhase(state, play.phase));
    const lost = [...state.hosts.values()].filter(
      (host) => (host.state === 'failed' || host.state === 'unreachable') && host.pardons === 0,
    );
    for (const host of lost) losses[host.state as 'failed' | 'unreachable'].add(host.name);
    if (lost.length === batch.length) return true;
    gates.close(index);
    if (endPlay) return false;
  }
  return !(await gates.open(cut.length));
}

interface StateOptions {
  readonly index: number;
  readonly prompts: PlayFrame['prompts'];
  readonly strategy: Strategy;
  readonly debugging: boolean;
  readonly maxFailPercentage: number | undefined;
  readonly forceHandlers: Value | undefined;
}

function makeState(
  run: RunContext,
  play: Play,
  all: readonly string[],
  batch: readonly string[],
  losses: Losses,
  options: StateOptions,
): PlayState {
  const hosts = new Map(batch.map((name) => [name, new HostRun(name)]));
  const going = (name: string) => {
    const state = hosts.get(name)?.state;
    return state !== 'failed' && state !== 'unreachable' && !losses.failed.has(name) && !losses.unreachable.has(name);
  };
  const frame = frameOf(play, run.settings, {
    prompts: options.prompts,
    allHosts: all,
    activeHosts: () => all.filter(going),
    activeBatch: () => batch.filter(going),
  });
  const handlers = new Handlers(() => run.variables.playScope(frame), {
    warn: (message) => run.emit({ type: 'warning', message }),
    missingIsError: run.missingHandlerIsError,
  });
  const { forceHandlers } = options;
  return {
    run: forceHandlers === undefined ? run : { ...run, forceHandlers: toBoolean(forceHandlers, 'force_handlers') },
    index: options.index,
    frame,
    hosts,
    handlers,
    strategy: options.strategy,
    debugging: options.debugging,
    slots: pLimit(Math.max(1, run.settings.forks)),
    throttles: new Map(),
    maxFailPercentage: options.maxFailPercentage,
    losses,
    waiting: new Set(),
    infos: new Map(),
  };
}

/** The parts of the play, with what the tags leave of them, and its handlers gathered. */
function sectionsOf(state: PlayState, play: Play): Section[] {
  for (const role of state.frame.roles) state.handlers.add(role.handlers);
  state.handlers.add(play.handlers);
  const scope = state.run.variables.playScope(state.frame);
  const gather = gatherFacts(play, scope, implicitly(state));
  const select = (blocks: readonly Block[]): Item[] => blocks.map((block) => selectItems(state, copyOf(block)));
  return [
    { items: gather ? select([gather]) : [], flush: false },
    { items: select([play.preTasks]), flush: true },
    { items: select([...play.roles, play.tasks]), flush: true },
    { items: select([play.postTasks]), flush: true },
  ];
}

/** Whether a play that does not say gathers facts: `smart` spares hosts that gave theirs already. */
function implicitly({ run, hosts }: PlayState): boolean {
  const { gathering } = run.settings;
  if (gathering !== 'smart') return gathering === 'implicit';
  return [...hosts.keys()].some((host) => run.variables.store.factsOf(host).dict.size === 0);
}

/** The tree of a play is used by each batch: what one leaves out by tags the next must still have. */
function copyOf(block: Block): Block {
  return {
    ...block,
    items: block.items.map(copyItem),
    rescue: block.rescue.map(copyItem),
    always: block.always.map(copyItem),
    phase: block.phase && { ...block.phase, fix: block.phase.fix.map(copyItem) },
  };
}

function copyItem(item: Item): Item {
  return item.kind === 'block' ? copyOf(item) : item;
}
