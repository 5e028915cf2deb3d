import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import { statPath } from '../../engine/yaml/stat-path.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { fullName, thisMachine } from '../pull/names.ts';
import { choosePlaybooks } from '../pull/playbooks.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';

const execute = promisify(execFile);

const { check, diff, forks: _forks, ...SHARED } = RUN_OPTIONS;

const OPTIONS = {
  url: { short: 'U', value: 'URL', help: 'the repository of the playbooks' },
  directory: { short: 'd', value: 'DIR', help: 'where it is checked out (~/.ansible/pull/HOSTNAME)' },
  checkout: { short: 'C', value: 'VERSION', help: 'branch, tag or commit' },
  'only-if-changed': { short: 'o', help: 'run playbooks only if the repository changed' },
  force: { short: 'f', help: 'run playbooks even if the repository could not be fetched' },
  sleep: { short: 's', value: 'SECONDS', help: 'wait for a random time before, up to so long' },
  purge: { help: 'remove the checkout afterwards' },
  clean: { help: 'throw away changes in the checkout' },
  full: { help: 'clone the whole history' },
  'accept-host-key': { help: "trust the key of the repository's host" },
  'verify-commit': { help: 'check the signature of the commit' },
  'track-subs': { help: 'submodules follow their branches' },
  'module-name': { short: 'm', value: 'NAME', help: 'git; others are not supported' },
  ...SHARED,
  check: { help: check.help },
  diff: { help: diff.help },
} satisfies OptionTable;

/** Options that are handed on to the run as they are. */
const TO_RUN = [
  'extra-vars',
  'inventory',
  'tags',
  'skip-tags',
  'vault-id',
  'vault-password-file',
  'become-password-file',
  'connection-password-file',
] as const;
const SWITCHES_TO_RUN = ['check', 'diff', 'ask-become-pass', 'ask-vault-pass'] as const;

export const ansiblePull: Command = {
  summary: 'fetch playbooks from a repository and run them on this machine',
  help: () => `Usage: ansible-pull -U URL [OPTIONS] [PLAYBOOK...]

Checks out a git repository and runs its playbooks here. Without PLAYBOOK it is HOSTNAME.yml, else local.yml.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const machine = await fullName();
    const folder = folderOf(options, machine);
    if (!options.text('url')) throw new TsplayError('usage', 'URL for repository not specified, use -h for help');
    if ((options.text('module-name') ?? 'git') !== 'git') {
      throw new TsplayError('usage', `Unsupported repo module ${options.text('module-name')}`, { hint: 'only git is' });
    }
    const started = new Date().toISOString().slice(0, 19).replace('T', ' ');
    say(`Starting Ansible Pull at ${started}\nansible-pull ${args.join(' ')}`);
    await nap(options);
    const before = await commitOf(folder);
    const fetched = await checkOut(options, folder, machine);
    if (fetched !== EXIT.ok && !options.on('force')) return fetched;
    if (fetched !== EXIT.ok) {
      process.stderr.write('[WARNING]: Unable to update repository. Continuing with (forced) run of playbook.\n');
    } else if (options.on('only-if-changed') && before !== undefined && before === (await commitOf(folder))) {
      say('Repository has not changed, quitting.');
      return EXIT.ok;
    }
    try {
      return await runPlaybooks(options, folder, machine);
    } finally {
      if (options.on('purge')) {
        process.chdir('/');
        rmSync(folder, { recursive: true, force: true });
      }
    }
  },
};

function folderOf(options: Parsed, machine: string): string {
  const folder = resolve(options.text('directory') ?? join(homedir(), '.ansible', 'pull', machine));
  const stat = statPath(folder);
  if (stat && !stat.isDirectory()) {
    throw new TsplayError('usage', `${folder} is not a valid or accessible directory.`);
  }
  return folder;
}

/** Many machines that begin at the same minute would ask the repository at once. */
async function nap(options: Parsed): Promise<void> {
  const text = options.text('sleep');
  if (text === undefined) return;
  if (!/^[1-9]\d*$/.test(text)) throw new TsplayError('usage', `${text} is not a number.`);
  const seconds = randomInt(Number(text));
  say(`Sleeping for ${seconds} seconds...`);
  await wait(seconds * 1000);
}

async function commitOf(folder: string): Promise<string | undefined> {
  try {
    return (await execute('git', ['-C', folder, 'rev-parse', 'HEAD'])).stdout.trim();
  } catch {
    return undefined; // There is no checkout yet.
  }
}

async function checkOut(options: Parsed, folder: string, machine: string): Promise<number> {
  const { ansible } = await import('./ansible.ts');
  const key = options.text('private-key');
  const version = options.text('checkout');
  const args = {
    name: options.text('url'),
    dest: folder,
    ...(version ? { version } : {}),
    ...(key ? { key_file: resolve(key) } : {}),
    ...(options.on('accept-host-key') ? { accept_hostkey: true } : {}),
    ...(options.on('verify-commit') ? { verify_commit: true } : {}),
    ...(options.on('track-subs') ? { track_submodules: true } : {}),
    ...(options.on('full') ? {} : { depth: 1 }),
    ...(options.on('clean') ? { force: true } : {}),
  };
  const sources = options.list('inventory').filter((source) => source.includes(',') || statPath(source));
  const inventory = sources.length > 0 ? sources : ['localhost,'];
  return ansible.run([
    'all',
    ...inventory.flatMap((source) => ['-i', source]),
    ...['-c', 'local', '-m', 'git', '-a', JSON.stringify(args), '-l', thisMachine(machine)],
    ...verbosity(options),
    ...options.list('extra-vars').flatMap((vars) => ['-e', vars]),
  ]);
}

async function runPlaybooks(options: Parsed, folder: string, machine: string): Promise<number> {
  const { run } = await import('./run.ts');
  const playbooks = choosePlaybooks(folder, options.words, machine);
  const limit = options.list('limit');
  const args = [
    ...playbooks,
    ...['-c', 'local', '-l', limit.length > 0 ? limit.join(',') : thisMachine(machine)],
    ...verbosity(options),
    ...TO_RUN.flatMap((name) => options.list(name).flatMap((value) => [`--${name}`, value])),
    ...SWITCHES_TO_RUN.filter((name) => options.on(name)).map((name) => `--${name}`),
  ];
  process.chdir(folder);
  return run.run(args);
}

function verbosity(options: Parsed): string[] {
  const count = options.count('verbose');
  return count > 0 ? [`-${'v'.repeat(count)}`] : [];
}

function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}
