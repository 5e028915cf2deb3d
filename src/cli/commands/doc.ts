import { resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Dict } from '../../engine/model/value.ts';
import { suggestAction } from '../../engine/modules/registry.ts';
import { printable } from '../../engine/output/printable.ts';
import { dumpJson } from '../../engine/template/filters/json/dump.ts';
import { emitYaml } from '../../engine/template/filters/yaml/emit.ts';
import type { Command } from '../command.ts';
import { keywordJson, keywordSummaries } from '../docs/keywords.ts';
import { moduleJson, modulePage, moduleSnippet, moduleSummaries } from '../docs/modules.ts';
import { pageText } from '../docs/page.ts';
import { type PluginKind, pluginNames, pluginPage } from '../docs/plugins.ts';
import { roleJson, roleSummaries } from '../docs/roles.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { ownRolePaths } from '../run/package-root.ts';
import { readSettings } from '../run/settings.ts';

const OPTIONS = {
  type: { short: 't', value: 'KIND', help: 'module, keyword, filter, test, lookup or role (module)' },
  list: { short: 'l', help: 'the names of all, each with what it does' },
  snippet: { short: 's', help: 'a task to begin with' },
  json: { short: 'j', help: 'as JSON' },
  'roles-path': { short: 'r', value: 'PATHS', many: true, help: 'folders of roles' },
  'playbook-dir': { value: 'DIR', help: 'look for roles beside the playbooks of this folder' },
  verbose: { short: 'v', help: 'accepted' },
  'list-files': { short: 'F', aliases: ['list_files'], help: '', refused: 'what is documented stands in no files' },
  'metadata-dump': { help: '', refused: 'use --list --json, or --json with names' },
} satisfies OptionTable;

/** Kinds of plugins that are Ansible's own: there is nothing to say of them here. */
const PYTHON = 'become cache callback cliconf connection httpapi inventory netconf shell strategy vars'.split(' ');

export const doc: Command = {
  summary: 'documentation of modules, keywords and roles',
  help: () => `Usage: tsplay doc [-t KIND] NAME... | --list [OPTIONS]

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const kind = options.text('type') ?? 'module';
    if (PYTHON.includes(kind)) {
      throw new TsplayError('usage', `plugins of kind ${kind} are Python and are not documented here`);
    }
    if (options.on('list')) {
      const known = await summaries(kind, options);
      const names = options.words;
      const shown = [...known].filter(
        ([name]) => names.length === 0 || names.some((prefix) => name.startsWith(prefix)),
      );
      return print(options.on('json') ? json(new Map(shown)) : shown.map(row).join('\n'));
    }
    if (options.words.length === 0)
      throw new TsplayError('option', 'Missing name(s), incorrect options passed for detailed documentation.');
    const found = new Map<string, Dict | string>();
    for (const name of options.words) {
      const text = await described(kind, name, options);
      if (text === undefined) warn(kind, name);
      else found.set(name, text);
    }
    if (found.size === 0) return options.on('json') ? print('{}') : 0;
    return print(options.on('json') ? json(new Map(found)) : [...found.values()].join('\n'));
  },
};

async function summaries(kind: string, options: Parsed): Promise<ReadonlyMap<string, string>> {
  switch (kind) {
    case 'module':
      return moduleSummaries();
    case 'keyword':
      return keywordSummaries();
    case 'filter':
    case 'test':
    case 'lookup':
      return new Map(pluginNames(kind).map((name) => [name, '']));
    case 'role':
      return roleSummaries(roleFolders(options));
    default:
      throw unknownKind(kind);
  }
}

/** The documentation in the form that is asked for; undefined where there is none. */
async function described(kind: string, name: string, options: Parsed): Promise<Dict | string | undefined> {
  switch (kind) {
    case 'module': {
      if (options.on('json')) return moduleJson(name);
      if (options.on('snippet')) return moduleSnippet(name);
      const page = await modulePage(name);
      return page && pageText(page);
    }
    case 'keyword':
      return inYaml(name, keywordJson(name), options);
    case 'role':
      return inYaml(name, roleJson(roleFolders(options), name), options);
    case 'filter':
    case 'test':
    case 'lookup':
      return pluginDoc(kind, name, options);
    default:
      throw unknownKind(kind);
  }
}

function pluginDoc(kind: PluginKind, name: string, options: Parsed): Dict | string | undefined {
  const page = pluginPage(kind, name);
  if (!page) return undefined;
  if (!options.on('json')) return pageText(page);
  return new Map([
    [
      'doc',
      new Map([
        ['name', page.name],
        ['description', page.text],
        ['seealso', page.notes[0]!],
      ]),
    ],
  ]);
}

function inYaml(name: string, value: Dict | undefined, options: Parsed): Dict | string | undefined {
  if (value === undefined || options.on('json')) return value;
  return emitYaml(new Map([[name, value]]), { flow: false });
}

function roleFolders(options: Parsed): string[] {
  const { rolePaths } = readSettings(options, readConfig(process.env).env);
  const given = options.list('roles-path').flatMap((paths) => paths.split(':'));
  const beside = options.text('playbook-dir');
  return [...given, ...(beside ? [resolve(beside, 'roles')] : []), ...rolePaths, ...ownRolePaths()];
}

function unknownKind(kind: string): TsplayError {
  return new TsplayError('option', `argument -t/--type: invalid choice: '${kind}'`, {
    hint: 'it is module, keyword, filter, test, lookup or role',
  });
}

function warn(kind: string, name: string): void {
  const meant = kind === 'module' ? suggestAction(name) : undefined;
  process.stderr.write(printable(`[WARNING]: ${name} was not found${meant ? `; did you mean "${meant}"?` : ''}\n`));
}

function row([name, text]: readonly [string, string]): string {
  return text === '' ? name : `${name.padEnd(40)} ${text}`;
}

function json(value: Dict): string {
  return dumpJson(value, { indent: 4, sortKeys: true, ensureAscii: false });
}

function print(text: string): number {
  process.stdout.write(`${printable(text)}\n`);
  return 0;
}
