import { Jobs } from '../../engine/executor/background/jobs.ts';
import { ConnectionPool } from '../../engine/executor/connections.ts';
import type { RunContext } from '../../engine/executor/context.ts';
import { PhaseLedger } from '../../engine/executor/phases/ledger.ts';
import { runPlays } from '../../engine/executor/run.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { Deferred } from '../../engine/model/value.ts';
import { EXIT } from '../exit-codes.ts';
import type { Keeping } from '../journal/keep.ts';
import { keepPrepared } from '../journal/keep-prepared.ts';
import { conversations, Gate, StandardTalker, type Talker } from './console.ts';
import { includes } from './includes.ts';
import { interruption } from './interrupt.ts';
import { lockingOf } from './locking.ts';
import { readPasswords } from './passwords.ts';
import { choosePhases } from './phases.ts';
import type { Playbook, Prepared } from './prepare.ts';
import { readPlugins } from './read-plugins.ts';
import { writeRetryFile } from './retry-file.ts';
import { runSettings } from './run-settings.ts';
import { terminalOf } from './terminal.ts';
import { reloadInventory } from './world.ts';

/** Runs plays; the exit code. `talker` is whom the debugger asks. */
export async function execute(
  prepared: Prepared,
  playbooks: readonly Playbook[],
  talker: Talker = new StandardTalker(),
): Promise<number> {
  const { config, settings, variables, emit, output, secrets, decryption, options } = prepared;
  await readPlugins(playbooks, prepared);
  const phases = choosePhases(playbooks, options);
  const passwords = await readPasswords(options, config.env);
  for (const password of [passwords.login, passwords.become]) if (password) secrets.add(password);
  const interrupt = interruption({
    warn: (message) => emit({ type: 'warning', message }),
    leave() {
      output.close();
      sayHowToGoOn(kept);
    },
  });
  const gate = new Gate(emit);
  const kept = keepPrepared(prepared, playbooks);
  let lastTask = 0;
  const run: RunContext = {
    variables,
    decryption,
    settings: runSettings(prepared, passwords.login),
    defaults: { ...settings.connection, password: passwords.login, becomePassword: passwords.become },
    connections: new ConnectionPool(lockingOf(options, settings.checkMode, kept.id)),
    foreseen: new Map(),
    jobs: new Jobs(),
    loader: includes(prepared),
    rejected: prepared.rejected,
    emit: gate.emit,
    record: kept.record,
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
  emit({
    type: 'run-start',
    playbooks: playbooks.map(({ path, plays }) => ({ path, plays: plays.length })),
    checkMode: settings.checkMode,
    ...(kept.id !== undefined && { run: kept.id }),
    plays: playbooks.flatMap(({ plays }) => plays.map(writtenName)),
    phases: phases.all,
    leftOut: [...phases.skip],
    autoFix: phases.autoFix,
    time: Date.now(),
  });
  for (const message of phases.warnings) emit({ type: 'warning', message });
  try {
    const plays = playbooks.flatMap((playbook) => playbook.plays);
    const code = await runPlays(run, plays, settings.limit);
    const exit = interrupt.signal.aborted ? EXIT.interrupted : code;
    await kept.end(exit, run.recap);
    tellRetryFile(prepared, playbooks, run.recap);
    return exit;
  } finally {
    talker.close();
    kept.close();
    output.close();
    interrupt.release();
    if (interrupt.signal.aborted) sayHowToGoOn(kept);
  }
}

/** By which a play is known before it starts. */
function writtenName({ keywords, hosts }: Play): string {
  const raw = keywords.name ?? hosts;
  const words = Array.isArray(raw) ? raw : [raw];
  return words.map((word) => (word instanceof Deferred ? word.text : String(word))).join(',');
}

/** Of a run that was interrupted, as its last words. */
function sayHowToGoOn({ id, resumable }: Keeping): void {
  if (id !== undefined && resumable) process.stderr.write(`go on with: tsplay resume ${id}\n`);
}

/** Says how the hosts that failed are run again. */
function tellRetryFile({ config, emit }: Prepared, [playbook]: readonly Playbook[], recap: RunContext['recap']): void {
  const file = playbook && writeRetryFile(config.env, playbook.path, recap);
  if (file) emit({ type: 'warning', message: `to retry, use: --limit @${file}` });
}
