import { TsplayError } from '../../engine/model/errors.ts';
import { checkNames } from '../../engine/modules/sharing/names.ts';
import { prune } from '../../engine/store/exchange.ts';
import type { Store, Within } from '../../engine/store/types.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { type Env, readConfig } from '../run/config.ts';
import { processTheme } from '../run/theme.ts';
import { listEntries, listTable } from '../store/list.ts';
import { exchangeOver, openStore } from '../store/open.ts';
import { entryText } from '../store/show.ts';
import { VAULT_OPTIONS, vaultOf } from '../vault/options.ts';

const OPTIONS = {
  json: { help: 'list: as JSON' },
  ...VAULT_OPTIONS,
} satisfies OptionTable;

export const store: Command = {
  summary: 'look at what hosts share, or remove it',
  help: () => `Usage: tsplay store list [CLUSTER [KIND]] [--json]
       tsplay store show CLUSTER KIND HOST
       tsplay store prune [CLUSTER [KIND]]
       tsplay store remove CLUSTER KIND HOST...

Lists what export has put into the store that TSPLAY_STORE names (see docs/sharing.md). show opens one entry, as JSON; facts that are
secrets stay hidden. prune removes what no longer counts, remove what is named. Only show needs the key.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const { env } = readConfig(process.env);
    const [verb = 'list', ...names] = options.words;
    const opened = await openStore(env);
    try {
      process.stdout.write(await answer(verb, names, { store: opened, env, options }));
      return EXIT.ok;
    } finally {
      opened.close();
    }
  },
};

interface Asked {
  readonly store: Store;
  readonly env: Env;
  readonly options: Parsed;
}

/** What is printed. */
async function answer(verb: string, names: readonly string[], asked: Asked): Promise<string> {
  switch (verb) {
    case 'list':
      return list(withinOf(names), asked);
    case 'show':
      return show(names, asked);
    case 'prune': {
      const gone = await prune(asked.store, withinOf(names));
      return told(gone.map(({ cluster, kind, owner }) => `${cluster} ${kind} ${owner}`));
    }
    case 'remove':
      return remove(names, asked.store);
    default:
      throw new TsplayError('usage', `"store" knows no "${verb}"`, { hint: 'use list, show, prune or remove' });
  }
}

async function list(within: Within, { store, options }: Asked): Promise<string> {
  const entries = await listEntries(store, within);
  if (options.on('json')) return json({ store: store.place, entries });
  if (entries.length === 0) return `nothing is shared in ${store.place}\n`;
  return `${listTable(entries, processTheme()).join('\n')}\n`;
}

async function show(names: readonly string[], { store, env, options }: Asked): Promise<string> {
  const [cluster, kind, owner] = named(names);
  const vault = await vaultOf(options, env, (message) => process.stderr.write(`${message}\n`));
  return `${await entryText(exchangeOver(store, env, vault), { cluster, kind, owner })}\n`;
}

async function remove(names: readonly string[], store: Store): Promise<string> {
  const [cluster, kind, ...owners] = named(names);
  const gone: string[] = [];
  for (const owner of owners)
    if (await store.remove({ cluster, kind, owner })) gone.push(`${cluster} ${kind} ${owner}`);
  return told(gone);
}

function told(gone: readonly string[]): string {
  return gone.length === 0 ? 'nothing to remove\n' : gone.map((name) => `removed ${name}\n`).join('');
}

function withinOf([cluster, kind, ...more]: readonly string[]): Within {
  if (more.length > 0) throw new TsplayError('usage', 'only a cluster and a kind can be named');
  checkNames({ cluster: cluster ?? 'any', kind: kind ?? 'any' });
  return { cluster, kind };
}

/** Cluster, kind and at least one host. */
function named(names: readonly string[]): [string, string, string, ...string[]] {
  const [cluster, kind, owner, ...more] = names;
  if (cluster === undefined || kind === undefined || owner === undefined) {
    throw new TsplayError('usage', 'name a cluster, a kind and a host', { hint: 'tsplay store list shows them' });
  }
  checkNames({ cluster, kind });
  return [cluster, kind, owner, ...more];
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
