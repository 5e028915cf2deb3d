import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { printable } from '../../engine/output/printable.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { readSettings } from '../run/settings.ts';

const OPTIONS = {
  'collections-path': { short: 'p', value: 'PATHS', many: true, aliases: ['roles-path'], help: 'folders to look in' },
  verbose: { short: 'v', help: 'accepted' },
} satisfies OptionTable;

const INSTEAD: Readonly<Record<string, string>> = {
  collection:
    'put it at collections/ansible_collections/NAMESPACE/NAME beside the playbook, by git clone or as a submodule',
  role: 'put it at roles/NAME beside the playbook, by git clone or as a submodule',
};

export const ansibleGalaxy: Command = {
  summary: 'list collections and roles; they are installed by other means',
  help: () => `Usage: ansible-galaxy collection|role list [NAME] [OPTIONS]

Lists what is installed. Installing is left to git: ${INSTEAD['collection']}.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    // `ansible-galaxy install NAME` means roles.
    const [first = '', ...rest] = args;
    const [kind, action, more] = first in INSTEAD ? [first, rest[0] ?? '', rest.slice(1)] : ['role', first, rest];
    if (action !== 'list') {
      throw new TsplayError('usage', `ansible-galaxy ${[kind, action].join(' ').trim()} is not supported`, {
        hint: INSTEAD[kind]!,
      });
    }
    const options = parseOptions(more, OPTIONS);
    return kind === 'role' ? listRoles(options) : listCollections(options);
  },
};

interface Listed {
  readonly name: string;
  readonly version: string;
}

function listCollections(options: Parsed): number {
  const { collectionsPaths } = readSettings(options, readConfig(process.env).env);
  const defaults = [join(homedir(), '.ansible/collections'), '/usr/share/ansible/collections'];
  const folders = foldersOf(options, collectionsPaths, defaults).map((folder) => join(folder, 'ansible_collections'));
  for (const folder of folders.filter((path) => existsSync(path))) {
    const found = subfolders(folder).flatMap((namespace) =>
      subfolders(join(folder, namespace)).map((name) => ({
        name: `${namespace}.${name}`,
        version: manifestVersion(join(folder, namespace, name)),
      })),
    );
    printTable(folder, 'Collection', wanted(options, found));
  }
  return 0;
}

function listRoles(options: Parsed): number {
  const { rolePaths } = readSettings(options, readConfig(process.env).env);
  const defaults = [join(homedir(), '.ansible/roles'), '/usr/share/ansible/roles', '/etc/ansible/roles'];
  for (const folder of foldersOf(options, rolePaths, defaults).filter((path) => existsSync(path))) {
    const found = subfolders(folder)
      .filter((name) => existsSync(join(folder, name, 'tasks')) || existsSync(join(folder, name, 'meta')))
      .map((name) => ({ name, version: installedVersion(join(folder, name)) }));
    say(`# ${folder}`);
    for (const { name, version } of wanted(options, found)) say(`- ${name}, ${version}`);
  }
  return 0;
}

function foldersOf(options: Parsed, configured: readonly string[], defaults: readonly string[]): readonly string[] {
  const given = options.list('collections-path').flatMap((paths) => paths.split(':'));
  if (given.length > 0) return given;
  return configured.length > 0 ? configured : defaults;
}

function wanted(options: Parsed, found: readonly Listed[]): readonly Listed[] {
  const [name] = options.words;
  return name === undefined ? found : found.filter((item) => item.name === name);
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
    .map(({ name }) => name)
    .sort();
}

function manifestVersion(folder: string): string {
  const manifest = textOf(join(folder, 'MANIFEST.json')) ?? textOf(join(folder, 'galaxy.yml')) ?? '';
  return /["']?version["']?\s*:\s*["']?([\w.+-]+)/.exec(manifest)?.[1] ?? '*';
}

function installedVersion(folder: string): string {
  const info = textOf(join(folder, 'meta/.galaxy_install_info')) ?? '';
  return /^version:\s*(\S+)/m.exec(info)?.[1] ?? '(unknown version)';
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function printTable(folder: string, title: string, items: readonly Listed[]): void {
  const width = Math.max(title.length, ...items.map(({ name }) => name.length));
  say(`\n# ${folder}\n${title.padEnd(width)} Version\n${'-'.repeat(width)} -------`);
  for (const { name, version } of items) say(`${name.padEnd(width)} ${version}`);
}

function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}
