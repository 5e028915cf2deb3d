import { matchHosts } from '../../engine/inventory/patterns/match.ts';
import { printGraph } from '../../engine/inventory/print/graph.ts';
import { printHost } from '../../engine/inventory/print/host.ts';
import { printList } from '../../engine/inventory/print/list.ts';
import type { PrintOptions } from '../../engine/inventory/print/plain.ts';
import { printYaml } from '../../engine/inventory/print/yaml.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Raw } from '../../engine/model/value.ts';
import { printable } from '../../engine/output/printable.ts';
import { VaultDecryption } from '../../engine/template/vaulted.ts';
import type { Variables } from '../../engine/vars/variables.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { readExtraVars } from '../run/extra-vars.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { readSettings } from '../run/settings.ts';
import { loadVariables } from '../run/world.ts';
import { VAULT_OPTIONS, vaultOf } from '../vault/options.ts';

const OPTIONS = {
  list: { help: 'all hosts and groups as JSON' },
  graph: { help: 'the groups as a tree; a group may be named' },
  host: { value: 'HOST', help: 'the variables of one host' },
  vars: { help: 'with --graph: variables too' },
  export: { help: 'with --list: in a form that can be read again, variables where they are said' },
  yaml: { short: 'y', help: 'YAML instead of JSON' },
  inventory: RUN_OPTIONS.inventory,
  limit: RUN_OPTIONS.limit,
  'extra-vars': RUN_OPTIONS['extra-vars'],
  verbose: RUN_OPTIONS.verbose,
  ...VAULT_OPTIONS,
} satisfies OptionTable;

export const inventory: Command = {
  summary: 'print hosts, groups and their variables',
  help: () => `Usage: tsplay inventory --list|--graph|--host HOST [GROUP] [OPTIONS]

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const { env } = readConfig(process.env);
    const settings = readSettings(options, env);
    const warn = (message: string) => void process.stderr.write(`[WARNING]: ${printable(message)}\n`);
    const decryption = new VaultDecryption(await vaultOf(options, env, warn), () => undefined);
    const variables = await loadVariables({
      settings,
      extraVars: readExtraVars(options.list('extra-vars'), decryption),
      playbookDir: process.cwd(),
      warn,
      secret: () => undefined,
      decryption,
    });
    process.stdout.write(`${printable(shown(options, variables, settings.limit))}\n`);
    return 0;
  },
};

function shown(options: Parsed, variables: Variables, limit: string | undefined): string {
  const { inventory: all } = variables.store;
  const print: PrintOptions = {
    hostVars: (host) => variablesOf(variables, host, options.on('export')),
    groupVars: (group) => all.groups.get(group)?.vars ?? new Map(),
    export: options.on('export'),
    only: limit === undefined ? undefined : new Set(matchHosts(all, 'all', { limit })),
  };
  const host = options.text('host');
  if (host !== undefined) return printHost(all, host, { ...print, format: options.on('yaml') ? 'yaml' : 'json' });
  if (options.on('graph')) return printGraph(all, options.words[0] ?? 'all', { ...print, vars: options.on('vars') });
  if (!options.on('list')) {
    throw new TsplayError(
      'usage',
      'No action selected, at least one of --host, --graph or --list needs to be specified.',
    );
  }
  return options.on('yaml') ? printYaml(all, print) : printList(all, print);
}

/** What a host sees, or with `own` what its source says of it. */
function variablesOf(variables: Variables, host: string, own: boolean): ReadonlyMap<string, Raw> {
  if (own) return variables.store.inventory.hosts.get(host)?.vars ?? new Map();
  const scope = variables.hostScope(host);
  const found = new Map<string, Raw>();
  for (const name of scope.names()) found.set(name, scope.raw(name)!);
  return found;
}
