import { dirname, resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import { loadPlaybook } from '../../engine/playbook/playbook.ts';
import type { Command } from '../command.ts';
import { optionHelp, parseOptions } from '../options.ts';
import { execute, type Playbook, prepare } from '../run/execute.ts';
import { list, wantsList } from '../run/listing.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { startAt } from '../run/start-at.ts';

export const run: Command = {
  summary: 'run playbooks',
  help: () => `Usage: tsplay run PLAYBOOK... [OPTIONS]

Runs Ansible playbooks on the hosts of an inventory.

${optionHelp(RUN_OPTIONS)}

Exit codes: 0 all well, 1 error, 2 a host failed, 4 a host was unreachable or the content cannot be read, 5 wrong options.
`,
  async run(args) {
    const options = parseOptions(args, RUN_OPTIONS);
    const playbooks = options.words;
    if (playbooks.length === 0) {
      throw new TsplayError('option', 'no playbook given', { hint: 'tsplay run site.yml -i hosts.yml' });
    }
    const prepared = await prepare({ options, playbookDir: dirname(resolve(playbooks[0]!)) });
    const read: Playbook[] = playbooks.map((path) => ({ path, plays: loadPlaybook(path, prepared.loader) }));
    if (options.on('syntax-check')) {
      for (const { path } of read) process.stdout.write(printable(`\nplaybook: ${path}\n`));
      return 0;
    }
    if (wantsList(options)) {
      for (const { path, plays } of read) process.stdout.write(printable(list(path, plays, prepared)));
      return 0;
    }
    const from = options.text('start-at-task');
    return execute(prepared, from === undefined ? read : startAt(read, from));
  },
};
