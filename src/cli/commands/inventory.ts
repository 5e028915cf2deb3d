import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { matchHosts } from '../../engine/inventory/patterns/match.ts';
import { printGraph } from '../../engine/inventory/print/graph.ts';
import { printHost } from '../../engine/inventory/print/host.ts';
import { printList } from '../../engine/inventory/print/list.ts';
import type { PrintOptions } from '../../engine/inventory/print/plain.ts';
import { printToml } from '../../engine/inventory/print/toml.ts';
import { printYaml } from '../../engine/inventory/print/yaml.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Raw } from '../../engine/model/value.ts';
import { printable } from '../../engine/output/printable.ts';
import { VaultDecryption } from '../../engine/template/vaulted.ts';
import type { Variables } from '../../engine/vars/variables.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { readExtraVars } from '../run/extra-vars.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { readSettings } from '../run/settings.ts';
import { loadVariables } from '../run/world.ts';
import { isTrue } from '../settings/convert.ts';
import { VAULT_OPTIONS, vaultOf } from '../vault/options.ts';

const OPTIONS = {
  list: { help: 'all hosts and groups as JSON' },
  graph: { help: 'the groups as a tree; a group may be named' },
  host: { value: 'HOST', help: 'the variables of one host' },
  vars: { help: 'with --graph: variables too' },
  export: { help: 'with --list: in a form that can be read again, variables where they are said' },
  yaml: { short: 'y', help: 'YAML instead of JSON' },
  toml: { help: 'TOML instead of JSON' },
  output: { value: 'FILE', help: 'write to a file' },
  'playbook-dir': { value: 'DIR', help: 'read group_vars and host_vars of this folder too' },
  inventory: RUN_OPTIONS.inventory,
  limit: RUN_OPTIONS.limit,
  'extra-vars': RUN_OPTIONS['extra-vars'],
  verbose: RUN_OPTIONS.verbose,
  'flush-cache': { help: 'ask the sources anew, also those that are cached' },
  ...VAULT_OPTIONS,
} satisfies OptionTable;

export const inventory: Command = {
  summary: 'print hosts, groups and their variables',
  help: () => `Usage: tsplay inventory --list|--graph|--host HOST [GROUP] [OPTIONS]

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const config = readConfig(process.env);
    const settings = readSettings(options, config.env);
    const action = actionOf(options);
    const warn = (message: string) => void process.stderr.write(`[WARNING]: ${printable(message)}\n`);
    for (const warning of config.warnings) warn(warning);
    if (options.on('flush-cache')) settings.sources.cache?.clear();
    const decryption = new VaultDecryption(await vaultOf(options, config.env, warn), () => undefined);
    const folder = options.text('playbook-dir') ?? config.env['ANSIBLE_PLAYBOOK_DIR'];
    const variables = await loadVariables({
      settings,
      extraVars: readExtraVars(options.list('extra-vars'), decryption),
      playbookDir: resolve(folder ?? '.'),
      warn,
      secret: () => undefined,
      decryption,
    });
    const isExport = options.on('export') || isTrue(config.env['ANSIBLE_INVENTORY_EXPORT'] ?? '');
    const print = printOptions(variables, { isExport, folder: folder && resolve(folder), limit: settings.limit });
    const text = shown(action, options, variables, print);
    if (text === '') return EXIT.error;
    const file = options.text('output');
    if (file === undefined) process.stdout.write(printable(text.endsWith('\n') ? text : `${text}\n`));
    else write(file, text);
    return EXIT.ok;
  },
};

const ACTIONS = ['host', 'graph', 'list'] as const;
type Action = (typeof ACTIONS)[number];

function actionOf(options: Parsed): Action {
  const given = ACTIONS.filter((name) => options.on(name));
  if (given.length === 1) return given[0]!;
  throw new TsplayError(
    'usage',
    given.length === 0
      ? 'No action selected, at least one of --host, --graph or --list needs to be specified.'
      : 'Conflicting options used, only one of --host, --graph or --list can be used at the same time.',
  );
}

interface Wishes {
  readonly isExport: boolean;
  /** `--playbook-dir`, absolute. */
  readonly folder: string | undefined;
  readonly limit: string | undefined;
}

function printOptions(variables: Variables, { isExport, folder, limit }: Wishes): PrintOptions {
  const { store } = variables;
  return {
    hostVars: (host) => (isExport ? store.saidOf('host', host, folder) : seenBy(variables, host)),
    groupVars: (group) => store.saidOf('group', group, folder),
    export: isExport,
    only: limit === undefined ? undefined : new Set(matchHosts(store.inventory, 'all', { limit })),
  };
}

function shown(action: Action, options: Parsed, { store }: Variables, print: PrintOptions): string {
  const format = options.on('toml') ? 'toml' : options.on('yaml') ? 'yaml' : 'json';
  switch (action) {
    case 'host':
      return printHost(store.inventory, options.text('host')!, { ...print, format });
    case 'graph':
      return printGraph(store.inventory, options.words[0] ?? 'all', { ...print, vars: options.on('vars') });
    case 'list':
      return LISTS[format](store.inventory, print);
  }
}

const LISTS = { json: printList, yaml: printYaml, toml: printToml } as const;

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new TsplayError('usage', `Unable to write to destination file (${file}): ${why}`, { cause });
  }
}

/** All that a host sees. */
function seenBy(variables: Variables, host: string): ReadonlyMap<string, Raw> {
  const scope = variables.hostScope(host);
  const found = new Map<string, Raw>();
  for (const name of scope.names()) found.set(name, scope.raw(name)!);
  return found;
}
