import { basename } from 'node:path';
import { TsplayError } from '../engine/model/errors.ts';
import { printable } from '../engine/output/printable.ts';
import { nearest } from '../engine/playbook/suggest.ts';
import type { Command } from './command.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { errorText, errorTextForScripts } from './run/error-text.ts';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  role: async () => (await import('./commands/role.ts')).role,
  plan: async () => (await import('./commands/plan.ts')).plan,
  apply: async () => (await import('./commands/apply.ts')).apply,
  rollback: async () => (await import('./commands/rollback.ts')).rollback,
  resume: async () => (await import('./commands/resume.ts')).resume,
  status: async () => (await import('./commands/status.ts')).status,
  report: async () => (await import('./commands/report.ts')).report,
  runs: async () => (await import('./commands/runs.ts')).runs,
  store: async () => (await import('./commands/store.ts')).store,
  inventory: async () => (await import('./commands/inventory.ts')).inventory,
  exec: async () => (await import('./commands/ansible.ts')).ansible,
  facts: async () => (await import('./commands/facts.ts')).facts,
  vault: async () => (await import('./commands/vault.ts')).vault,
  lint: async () => (await import('./commands/lint.ts')).lint,
  doc: async () => (await import('./commands/doc.ts')).doc,
  config: async () => (await import('./commands/config.ts')).config,
  lab: loadLab,
  ansible: async () => (await import('./commands/ansible.ts')).ansible,
  'ansible-config': async () => (await import('./commands/config.ts')).config,
  'ansible-console': async () => (await import('./commands/ansible-console.ts')).ansibleConsole,
  'ansible-doc': async () => (await import('./commands/doc.ts')).doc,
  'ansible-galaxy': async () => (await import('./commands/ansible-galaxy.ts')).ansibleGalaxy,
  'ansible-inventory': async () => (await import('./commands/inventory.ts')).inventory,
  'ansible-playbook': async () => (await import('./commands/ansible-playbook.ts')).ansiblePlaybook,
  'ansible-pull': async () => (await import('./commands/ansible-pull.ts')).ansiblePull,
  'ansible-vault': async () => (await import('./commands/vault.ts')).vault,
};

async function loadLab(): Promise<Command> {
  const { labCommand, labUsage } = await import('./commands/lab.ts');
  const { processSink } = await import('./run/output.ts');
  return {
    summary: 'real Debian hosts on this machine, to try things on',
    help: () => labUsage,
    run: (args) => labCommand(args, processSink()),
  };
}

/** The command line as words: called by a link of the name of one of Ansible's commands, that name is the first. */
export function wordsOf(argv: readonly string[]): readonly string[] {
  const name = basename(argv[1] ?? '');
  const words = argv.slice(2);
  return name.startsWith('ansible') && Object.hasOwn(COMMANDS, name) ? [name, ...words] : words;
}

/** Runs the command that the first word names; every error ends here as one message. */
export async function main(args: readonly string[]): Promise<number> {
  outlivePipes();
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(await usage());
      return name === undefined ? EXIT.usage : EXIT.ok;
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw unknownCommand(name);
    if (name.startsWith('ansible') && rest.includes('--version')) {
      const { versionText } = await import('./run/version-text.ts');
      process.stdout.write(printable(versionText(name)));
      return EXIT.ok;
    }
    const command = await load();
    if (helpWanted(rest)) {
      process.stdout.write(command.help());
      return EXIT.ok;
    }
    return await command.run(rest);
  } catch (error) {
    return report(error, name);
  }
}

/** A reader that went away (`| head`) ends the output, not the run: hosts are not left half-way for a pager. */
function outlivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

function helpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  return own.includes('--help') || own.includes('-h');
}

function report(error: unknown, command: string | undefined): number {
  const text = error instanceof TsplayError ? explained(error, command) : unexpected(error);
  process.stderr.write(`ERROR! ${printable(text)}\n`);
  return exitCodeFor(error);
}

/** Under Ansible's name a command speaks as Ansible does. */
function explained(error: TsplayError, command: string | undefined): string {
  return command?.startsWith('ansible') ? errorTextForScripts(error) : errorText(error);
}

/** No stack reaches a user; TSPLAY_DEBUG is for those who work on tsplay. */
function unexpected(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = process.env['TSPLAY_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  return `Unexpected: ${message}; this is a mistake in tsplay, please report it (TSPLAY_DEBUG=1 tells more)${stack}`;
}

function unknownCommand(name: string): TsplayError {
  const meant = nearest(name, Object.keys(COMMANDS));
  const hint = meant ? `did you mean "${meant}"?` : `known are ${Object.keys(COMMANDS).join(', ')}`;
  return new TsplayError('usage', `unknown command "${name}"`, { hint });
}

async function usage(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(18)}${(await load()).summary}`),
  );
  return `Usage: tsplay COMMAND [OPTIONS]

Runs Ansible playbooks and roles as they are, without Python on either side.

${rows.join('\n')}

tsplay COMMAND --help tells more; tsplay --version prints the version.
`;
}
