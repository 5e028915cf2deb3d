import { Jobs } from '../../engine/executor/background/jobs.ts';
import { ConnectionPool } from '../../engine/executor/connections.ts';
import type { RunContext } from '../../engine/executor/context.ts';
import { Looks } from '../../engine/executor/looks.ts';
import { PhaseLedger } from '../../engine/executor/phases/ledger.ts';
import type { Recorder } from '../../engine/journal/types.ts';
import type { Overseer } from '../../engine/plan/overseer.ts';
import { sharingOf } from '../store/sharing.ts';
import { conversations, Gate, StandardTalker, type Talker } from './console.ts';
import { includes } from './includes.ts';
import { type Interruption, interruption } from './interrupt.ts';
import { lockingOf } from './locking.ts';
import { type Passwords, readPasswords } from './passwords.ts';
import { type ChosenPhases, choosePhases } from './phases.ts';
import type { Playbook, Prepared } from './prepare.ts';
import { readPlugins } from './read-plugins.ts';
import { runSettings } from './run-settings.ts';
import { terminalOf } from './terminal.ts';
import { reloadInventory } from './world.ts';

/** What is remembered of the run that is about to begin. */
export interface Remembering {
  /** Of the run; undefined if nothing is kept. */
  readonly id: string | undefined;
  readonly record: Recorder;
}

/** What is not as in any run. */
export interface Supervision {
  /** Whom the debugger asks. */
  readonly talker?: Talker | undefined;
  /** Follows the run; `stop` ends it after the tasks in flight. */
  readonly overseer?: (stop: () => void) => Overseer;
  /** What else is remembered. */
  readonly recorder?: (record: Recorder) => Recorder;
  /** Those that were read already. */
  readonly passwords?: Passwords | undefined;
}

export interface StageInputs<Kept extends Remembering> {
  readonly prepared: Prepared;
  readonly playbooks: readonly Playbook[];
  readonly supervision?: Supervision | undefined;
  /** Called once all that a wrong command line can make fail is over. */
  readonly keep: () => Kept;
  /** Last words before an impatient end. */
  readonly leave: (kept: Kept) => void;
}

/** All that plays need around them: passwords, the terminal, the way signals end them. */
export interface Stage<Kept extends Remembering> {
  readonly run: RunContext;
  readonly phases: ChosenPhases;
  readonly kept: Kept;
  readonly interrupt: Interruption;
  /** Gives the terminal back. */
  clear(): void;
}

/** Settings that nobody may see, also where content looks them up. */
const STORE_SECRETS = ['TSPLAY_STORE_KEY', 'TSPLAY_STORE_PASSWORD'];

/** Nothing is connected yet. Throws TsplayError. */
export async function setStage<Kept extends Remembering>(inputs: StageInputs<Kept>): Promise<Stage<Kept>> {
  const { prepared, playbooks, supervision = {}, keep, leave } = inputs;
  const { talker = new StandardTalker(), overseer, recorder } = supervision;
  const { config, settings, variables, emit, output, secrets, decryption, options } = prepared;
  await readPlugins(playbooks, prepared);
  const phases = choosePhases(playbooks, options);
  const passwords = supervision.passwords ?? (await readPasswords(options, config.env));
  const shared = STORE_SECRETS.map((name) => config.env[name]);
  for (const secret of [passwords.login, passwords.become, ...shared]) if (secret) secrets.add(secret);
  const interrupt = interruption({
    warn: (message) => emit({ type: 'warning', message }),
    leave() {
      output.close();
      leave(kept);
    },
  });
  const gate = new Gate(emit);
  const kept = keep();
  const sharing = sharingOf(config.env, prepared.vault, kept.id);
  let lastTask = 0;
  const run: RunContext = {
    variables,
    decryption,
    settings: { ...runSettings(prepared, passwords.login), planning: settings.checkMode && overseer !== undefined },
    defaults: { ...settings.connection, password: passwords.login, becomePassword: passwords.become },
    connections: new ConnectionPool(lockingOf(options, settings.checkMode, kept.id)),
    foreseen: new Map(),
    looks: new Looks(),
    jobs: new Jobs(),
    exchange: sharing.open,
    loader: includes(prepared),
    rejected: prepared.rejected,
    emit: gate.emit,
    record: recorder?.(kept.record) ?? kept.record,
    overseer: overseer?.(() => interrupt.quit()),
    phases: { skip: phases.skip, autoFix: phases.autoFix, ledger: new PhaseLedger(gate.emit) },
    terminal: {
      ...terminalOf(output, (message) => emit({ type: 'warning', message })),
      converse: conversations(gate, talker, output, (text) => secrets.redact(text)),
    },
    forceHandlers: settings.forceHandlers,
    missingHandlerIsError: settings.missingHandlerIsError,
    nextTaskId: () => ++lastTask,
    recap: new Map(),
    stats: new Map(),
    traced: Math.max(settings.verbosity, settings.log?.verbosity ?? 0) > 2,
    secret: (value) => secrets.add(value),
    interrupted: interrupt.signal,
    quit: interrupt.quit,
    reloadInventory: () => reloadInventory(variables, { settings, emit, decryption }),
  };
  const clear = () => {
    talker.close();
    sharing.close();
    output.close();
    interrupt.release();
  };
  return { run, phases, kept, interrupt, clear };
}
