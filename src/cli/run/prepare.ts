import { readFileSync } from 'node:fs';
import { isLocalName } from '../../engine/inventory/localhost.ts';
import { checkLimit } from '../../engine/inventory/patterns.ts';
import type { Decryption } from '../../engine/model/decryption.ts';
import type { Emit, Event } from '../../engine/model/event.ts';
import type { Play } from '../../engine/model/playbook.ts';
import type { Raw } from '../../engine/model/value.ts';
import { redacting } from '../../engine/output/redact/redact.ts';
import { Secrets } from '../../engine/output/redact/secrets.ts';
import { ContentFolders } from '../../engine/playbook/content/folders.ts';
import { LoadedPlugins } from '../../engine/playbook/content/plugins.ts';
import { Loader } from '../../engine/playbook/loader.ts';
import { hasPlugin } from '../../engine/template/registry.ts';
import { VaultDecryption } from '../../engine/template/vaulted.ts';
import type { Variables } from '../../engine/vars/variables.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import { ContentDigests } from '../journal/content.ts';
import type { Resumed } from '../journal/resumed.ts';
import type { Parsed } from '../options.ts';
import { namedSettings } from '../settings/named.ts';
import { vaultOf } from '../vault/options.ts';
import { type Config, readConfig } from './config.ts';
import { readExtraVars } from './extra-vars.ts';
import { factCacheOf } from './fact-cache.ts';
import { logTo } from './log-file.ts';
import { callbackOptions, chooseOutput, type Output, onlyHandle } from './output.ts';
import { ownRolePaths } from './package-root.ts';
import { actionsWithout, rejectedModules } from './rejected-modules.ts';
import { readSettings, type Settings } from './settings.ts';
import { loadVariables } from './world.ts';

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
  readonly vault: Vault;
  readonly options: Parsed;
  readonly going: Going | undefined;
  /** Files of the content and the inventory that were read. */
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
  /** The plan that it is held to, as its file has it. */
  readonly plan?: Buffer | undefined;
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
  /** Of an earlier preparation, so that nobody is asked twice. */
  readonly vault?: Vault | undefined;
  /** A playbook that stands in no file. */
  readonly made?: { readonly path: string; readonly text: string };
}

/** Reads settings, inventory and extra variables. Nothing is connected yet. */
export async function prepare({
  options,
  going,
  playbookDir,
  emit,
  made,
  pattern,
  vault: given,
}: PrepareInputs): Promise<Prepared> {
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
  const vault = given ?? (await vaultOf(options, config.env, warn));
  for (const { password } of vault.secrets) secret(password.bytes.toString());
  const read = new ContentDigests();
  const decryption = read.through(new VaultDecryption(vault, secret));
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
    readFile: (path) => (path === made?.path ? Buffer.from(made.text) : readFileSync(path)),
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
    vault,
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

/** What a command line names, read. */
export interface Content {
  readonly prepared: Prepared;
  readonly read: readonly Playbook[];
}
