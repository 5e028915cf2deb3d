import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Jobs } from '../../engine/executor/background/jobs.ts';
import { ConnectionPool } from '../../engine/executor/connections.ts';
import type { RunContext } from '../../engine/executor/context.ts';
import { PhaseLedger } from '../../engine/executor/phases/ledger.ts';
import { runPlays } from '../../engine/executor/run.ts';
import { isLocalName } from '../../engine/inventory/localhost.ts';
import { checkLimit } from '../../engine/inventory/patterns.ts';
import type { Decryption } from '../../engine/model/decryption.ts';
import type { Emit, Event } from '../../engine/model/event.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { Deferred, type Raw } from '../../engine/model/value.ts';
import { redacting } from '../../engine/output/redact/redact.ts';
import { Secrets } from '../../engine/output/redact/secrets.ts';
import { ContentFolders } from '../../engine/playbook/content/folders.ts';
import { LoadedPlugins } from '../../engine/playbook/content/plugins.ts';
import { Loader } from '../../engine/playbook/loader.ts';
import { hasPlugin } from '../../engine/template/registry.ts';
import { VaultDecryption } from '../../engine/template/vaulted.ts';
import type { RunSettings } from '../../engine/vars/frame.ts';
import type { Variables } from '../../engine/vars/variables.ts';
import { EXIT } from '../exit-codes.ts';
import { ContentDigests } from '../journal/content.ts';
import { type Keeping, keepRun, NOT_KEPT } from '../journal/keep.ts';
import type { Resumed } from '../journal/resumed.ts';
import type { Parsed } from '../options.ts';
import { namedSettings } from '../settings/named.ts';
import { vaultOf } from '../vault/options.ts';
import { LANGUAGE_VERSION } from '../version.ts';
import { type Config, readConfig } from './config.ts';
import { conversations, Gate, StandardTalker, type Talker } from './console.ts';
import { readExtraVars } from './extra-vars.ts';
import { factCacheOf } from './fact-cache.ts';
import { includes } from './includes.ts';
import { interruption } from './interrupt.ts';
import { lockingOf } from './locking.ts';
import { logTo } from './log-file.ts';
import { callbackOptions, chooseOutput, type Output, onlyHandle } from './output.ts';
import { ownRolePaths } from './package-root.ts';
import { readPasswords } from './passwords.ts';
import { choosePhases } from './phases.ts';
import { prompt } from './prompt.ts';
import { readPlugins } from './read-plugins.ts';
import { actionsWithout, rejectedModules } from './rejected-modules.ts';
import { writeRetryFile } from './retry-file.ts';
import { readSettings, type Settings } from './settings.ts';
import { loadVariables, reloadInventory } from './world.ts';

/** A command line made ready: what `run`, `role` and `facts` have in common. */
export interface Prepared {
  readonly config: Config;
  /** Modules that must not run. */
  readonly rejected: ReadonlySet<string>;
  readonly settings: Settings;
  readonly variables: Variables;
  readonly extraVars: ReadonlyMap<string, Raw>;
  readonly loader: Loader;
  /** Filters, tests and lookups of the content. */
  readonly plugins: LoadedPlugins;
  readonly emit: Emit;
  readonly output: Output;
  readonly secrets: Secrets;
  readonly decryption: Decryption;
  readonly options: Parsed;
  readonly going: Going | undefined;
  /** Files that the plays were read from. */
  readonly read: ContentDigests;
  /** Told of all that the user is shown. */
  readonly listeners: ((event: Event) => void)[];
}

/** What a run that is kept goes by. */
export interface Going {
  readonly command: string;
  readonly args: readonly string[];
  /** The run that goes on. */
  readonly resumed?: Resumed | undefined;
}

export interface PrepareInputs {
  readonly options: Parsed;
  /** Absent where no journal is to be kept. */
  readonly going?: Going | undefined;
  /** Folder of the (first) playbook, absolute. */
  readonly playbookDir: string;
  /** Where events go; chosen by --output if absent. */
  readonly emit?: Emit;
  /** Whom the one play is for, where that is known before. */
  readonly pattern?: string;
  /** A playbook that stands in no file. */
  readonly made?: { readonly path: string; readonly text: string };
}

/** Reads settings, inventory and extra variables. Nothing is connected yet. */
export async function prepare({ options, going, playbookDir, emit, made, pattern }: PrepareInputs): Promise<Prepared> {
  const config = readConfig(process.env);
  const settings = readSettings(options, config.env);
  const secrets = new Secrets();
  const output = emit
    ? onlyHandle(emit)
    : await chooseOutput({
        format: options.text('output'),
        settings,
        conceal: (text) => secrets.redact(text),
        env: config.env,
        configFile: config.file,
      });
  const listeners = [(event: Event) => output.handle(event)];
  if (settings.log) listeners.push(await logTo(settings.log, callbackOptions(settings, config.env, false)));
  const shown = redacting((event) => {
    for (const listener of listeners) listener(event);
  }, secrets);
  const warn = (message: string) => shown({ type: 'warning', message });
  for (const warning of config.warnings) warn(warning);
  const secret = (value: string) => secrets.add(value);
  const vault = await vaultOf(options, config.env, warn);
  for (const { password } of vault.secrets) secret(password.bytes.toString());
  const decryption = new VaultDecryption(vault, secret);
  const extraVars = readExtraVars([...options.list('vars'), ...options.list('extra-vars')], decryption);
  const setting = namedSettings(config, process.env);
  const content = new ContentFolders(settings.contentFolders);
  content.addPlaybook(playbookDir);
  const plugins = new LoadedPlugins(content, () => import('../../api/module.ts'));
  await plugins.load();
  const variables = await loadVariables({
    settings,
    extraVars,
    playbookDir,
    warn,
    secret,
    decryption,
    setting,
    plugins,
    factCache: factCacheOf(config.env, warn),
  });
  if (options.on('flush-cache'))
    for (const host of variables.store.inventory.hosts.keys()) variables.store.factsOf(host).clear();
  const rejected = rejectedModules(config.env);
  const read = new ContentDigests();
  const loader = new Loader({
    actions: actionsWithout(rejected),
    hasLookup: (name) => hasPlugin('lookup', name),
    scope: variables.commandLineScope(),
    extraVars,
    rolePaths: settings.rolePaths,
    ownRolePaths: ownRolePaths(),
    collectionsPaths: settings.collectionsPaths,
    content,
    privateRoleVars: settings.privateRoleVars,
    readFile: (path) => (path === made?.path ? Buffer.from(made.text) : read.note(path, readFileSync(path))),
    decryption,
    // Modules that are not supported are told all at once, or where they are reached; so are plugins.
    onWarning: (message, position, topic) => {
      if (topic === 'python-plugin' && settings.verbosity === 0) return;
      if (topic !== 'unavailable-module') shown({ type: 'warning', message, ...(position ? { position } : {}) });
    },
  });
  checkLimit(variables.store.inventory, settings.limit, {
    warn,
    onEmpty: settings.localhostWarning && !isLocalName(pattern ?? '') ? warn : undefined,
  });
  return {
    config,
    rejected,
    settings,
    variables,
    extraVars,
    loader,
    plugins,
    emit: shown,
    output,
    secrets,
    decryption,
    options,
    going,
    read,
    listeners,
  };
}

/** A playbook that was read. */
export interface Playbook {
  /** As the user named it. */
  readonly path: string;
  readonly plays: readonly Play[];
}

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
  const kept = keep(prepared, playbooks);
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

function keep(
  { going, settings, config, secrets, emit, listeners, read }: Prepared,
  playbooks: readonly Playbook[],
): Keeping {
  if (!going) return NOT_KEPT;
  const { resumed } = going;
  const changed = resumed && read.difference(resumed.invocation.content);
  if (changed) {
    emit({
      type: 'warning',
      message: `the content is not as it was (${changed}); tasks that say the same and were finished are not done again`,
    });
  }
  const kept = keepRun({
    invocation: { command: going.command, args: going.args, directory: process.cwd(), content: read.all },
    playbooks: playbooks.map(({ path }) => path),
    checkMode: settings.checkMode,
    env: config.env,
    conceal: (text) => secrets.redact(text),
    warn: (message) => emit({ type: 'warning', message }),
    resumed,
  });
  listeners.push((event) => kept.tell(event));
  return kept;
}

/** Asks whoever sits there. Without a terminal nobody does: the answer is empty, after as long as it was to be waited for. */
function terminalOf(output: Output, warn: (message: string) => void): Omit<RunContext['terminal'], 'converse'> {
  return {
    interactive: process.stdin.isTTY === true,
    prompt: async (question, how) => {
      if (process.stdin.isTTY) return output.aside(() => prompt(question, how));
      if (how.seconds === undefined) warn('Not waiting for response to prompt as stdin is not interactive');
      else await wait(how.seconds * 1000);
      return '';
    },
  };
}

/** Says how the hosts that failed are run again. */
function tellRetryFile({ config, emit }: Prepared, [playbook]: readonly Playbook[], recap: RunContext['recap']): void {
  const file = playbook && writeRetryFile(config.env, playbook.path, recap);
  if (file) emit({ type: 'warning', message: `to retry, use: --limit @${file}` });
}

/** What of the settings variables and the executor see. */
export function runSettings(
  { settings, config }: Pick<Prepared, 'settings' | 'config'>,
  password?: string,
): RunSettings {
  return {
    checkMode: settings.checkMode,
    diffMode: settings.diffMode,
    forks: settings.forks,
    limit: settings.limit,
    tags: settings.tags,
    skipTags: settings.skipTags,
    verbosity: settings.verbosity,
    inventorySources: settings.inventory.map((source) => (source.includes(',') ? source : resolve(source))),
    version: LANGUAGE_VERSION,
    connection: settings.connection.connection ?? 'ssh',
    strategy: settings.strategy,
    gathering: settings.gathering,
    noLog: settings.noLog,
    anyErrorsFatal: settings.anyErrorsFatal,
    debuggerEnabled: settings.debuggerEnabled,
    debuggerIgnoresErrors: settings.debuggerIgnoresErrors,
    pollInterval: settings.pollInterval,
    asyncDir: settings.asyncDir,
    taskTimeout: settings.taskTimeout,
    password,
    configFile: config.file,
  };
}
