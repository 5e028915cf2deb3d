import { TsplayError } from '../../engine/model/errors.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { execute } from '../run/execute.ts';
import { type Content, type Going, prepare } from '../run/prepare.ts';
import { readPlaybooks, tellUnsupported } from '../run/read-playbooks.ts';
import { rolePlaybook } from '../run/role-playbook.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';

const OPTIONS = {
  vars: { value: 'VARS', many: true, help: "the role's parameters: key=value, YAML, JSON or @file" },
  hosts: { value: 'PATTERN', help: 'the hosts to run it on (all)' },
  'no-facts': { help: 'do not gather facts first' },
  ...RUN_OPTIONS,
} satisfies OptionTable;

export const role: Command = {
  summary: 'run one role on hosts',
  help: () => `Usage: tsplay role NAME [PATTERN] [OPTIONS]

Runs one role on the hosts that PATTERN names (all), without a playbook.

${optionHelp(OPTIONS)}
`,
  run: (args) => runRole({ command: 'role', args }),
};

/** Runs a role, from its beginning or from where an earlier part of the run ended. */
export async function runRole(going: Going): Promise<number> {
  const { prepared, read } = await readRole(going);
  tellUnsupported(read, prepared, false);
  return execute(prepared, read);
}

/** Reads what a command line names; nothing is run. */
export async function readRole(going: Going): Promise<Content> {
  const options = parseOptions(going.args, OPTIONS);
  const [name, pattern, more] = options.words;
  if (!name || more) throw new TsplayError('usage', 'give one role', { hint: 'tsplay role common -i hosts.yml' });
  const playbookDir = process.cwd();
  const made = rolePlaybook({
    role: name,
    hosts: options.text('hosts') ?? pattern ?? 'all',
    facts: !options.on('no-facts'),
    directory: playbookDir,
  });
  const prepared = await prepare({ options, playbookDir, made, going });
  const read = readPlaybooks([made.path], prepared).map(({ plays }) => ({ path: `role ${name}`, plays }));
  return { prepared, read };
}
