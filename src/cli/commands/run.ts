import { dirname, resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import { findPlaybookInCollection, splitFullName } from '../../engine/playbook/collections.ts';
import type { Command } from '../command.ts';
import { readAssume } from '../journal/assume.ts';
import { goOnWith, latestOf } from '../journal/find.ts';
import { optionHelp, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { execute } from '../run/execute.ts';
import { list, wantsList } from '../run/listing.ts';
import { type Content, type Going, prepare } from '../run/prepare.ts';
import { readPlaybooks, tellUnsupported } from '../run/read-playbooks.ts';
import { readPlugins } from '../run/read-plugins.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { collectionFolders } from '../run/settings.ts';
import { startAt } from '../run/start-at.ts';

export const run: Command = {
  summary: 'run playbooks',
  help: () => `Usage: tsplay run PLAYBOOK... [OPTIONS]

Runs Ansible playbooks on the hosts of an inventory.

${optionHelp(RUN_OPTIONS)}

Exit codes: 0 all well, 1 error, 2 a host failed, 4 a host was unreachable or the content cannot be read, 5 wrong options.
`,
  async run(args) {
    const { on, text } = parseOptions(args, RUN_OPTIONS);
    const rest = withoutResume(args);
    if (!on('resume')) return runPlaybooks({ command: 'run', args: rest });
    const resumed = await goOnWith(latestOf('run', rest), readAssume(text('assume')));
    return runPlaybooks({ command: 'run', args: rest, resumed });
  },
};

/** A command line as it was before somebody asked to go on with it. */
function withoutResume(args: readonly string[]): string[] {
  return args.filter(
    (word, index) => word !== '--resume' && !/^--assume(=|$)/.test(word) && args[index - 1] !== '--assume',
  );
}

/** A playbook may be named with its collection, `ns.collection.site`. */
function playbookNamed(word: string): string {
  if (!splitFullName(word)) return word;
  const collectionsPaths = collectionFolders(readConfig(process.env).env);
  return (
    findPlaybookInCollection({ directory: process.cwd(), loader: { options: { collectionsPaths } } }, word) ?? word
  );
}

/** Runs playbooks, from their beginning or from where an earlier part of the run ended. */
export async function runPlaybooks(going: Going): Promise<number> {
  const { prepared, read } = await readRun(going);
  const { options } = prepared;
  await readPlugins(read, prepared);
  if (options.on('syntax-check')) {
    tellUnsupported(read, prepared, true);
    for (const { path } of read) process.stdout.write(printable(`\nplaybook: ${path}\n`));
    return 0;
  }
  if (wantsList(options)) {
    for (const { path, plays } of read) process.stdout.write(printable(list(path, plays, prepared)));
    return 0;
  }
  const from = options.text('start-at-task');
  const chosen = from === undefined ? read : startAt(read, from);
  tellUnsupported(chosen, prepared, false);
  return execute(prepared, chosen);
}

/** Reads what a command line names; nothing is run. */
export async function readRun(going: Going): Promise<Content> {
  const options = parseOptions(going.args, RUN_OPTIONS);
  const playbooks = options.words.map(playbookNamed);
  if (playbooks.length === 0) {
    throw new TsplayError('option', 'no playbook given', { hint: 'tsplay run site.yml -i hosts.yml' });
  }
  const prepared = await prepare({ options, playbookDir: dirname(resolve(playbooks[0]!)), going });
  return { prepared, read: readPlaybooks(playbooks, prepared) };
}
