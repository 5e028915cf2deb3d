import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Dict, Value } from '../../engine/model/value.ts';
import { printable } from '../../engine/output/printable.ts';
import { dumpJson } from '../../engine/template/filters/json/dump.ts';
import { emitYaml } from '../../engine/template/filters/yaml/emit.ts';
import { pyStr } from '../../engine/template/values.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { type Config, type Env, readConfig } from '../run/config.ts';
import { definitionOf, type InForce, settingsInForce, shownSettings } from '../settings/show/entries.ts';
import { sampleEnvironment, sampleFile } from '../settings/show/sample.ts';
import { misspeltVariables } from '../settings/unknown.ts';

const OPTIONS = {
  config: { short: 'c', value: 'FILE', help: 'this file, and not the one that would be found' },
  type: { short: 't', value: 'KIND', help: '`base`, or `all` for settings of plugins too' },
  format: {
    short: 'f',
    value: 'FORMAT',
    help: 'yaml or json; `dump`: display; `init`: ini or env; `validate`: ini or env',
  },
  'only-changed': { aliases: ['changed-only'], help: 'with dump: only what is not the default' },
  disabled: { help: 'with init: everything behind remarks' },
  verbose: { short: 'v', help: 'accepted' },
} satisfies OptionTable;

const ACTIONS = ['list', 'dump', 'view', 'init', 'validate'] as const;

export const config: Command = {
  summary: 'settings: what there is, what is in force, and where it was said',
  help: () => `Usage: tsplay config ${ACTIONS.join('|')} [OPTIONS]

  list      every setting: its variables, its place in ansible.cfg, its default
  dump      every setting's value, and where it was said
  view      the ansible.cfg that is read
  init      an ansible.cfg to begin with
  validate  tells what in ansible.cfg means nothing

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [action] = options.words;
    const file = options.text('config');
    const environment = file === undefined ? process.env : { ...process.env, ANSIBLE_CONFIG: readable(file) };
    const specs = shownSettings(options.text('type') === 'all');
    switch (action) {
      case 'list':
        return print(formatted(options, new Map(specs.map((spec) => [spec.name, definitionOf(spec)]))));
      case 'dump':
        return print(dump(options, settingsInForce(specs, readConfig(environment), environment)));
      case 'view':
        return print(view(readConfig(environment)));
      case 'init': {
        const sample = options.text('format') === 'env' ? sampleEnvironment : sampleFile;
        return print(sample(specs, options.on('disabled')));
      }
      case 'validate':
        return validate(options, readConfig(environment), environment);
      default:
        throw new TsplayError('option', action ? `unknown action '${action}'` : 'no action given', {
          hint: `use ${ACTIONS.join(', ')}`,
        });
    }
  },
};

function readable(file: string): string {
  try {
    readFileSync(file);
    return resolve(file);
  } catch (cause) {
    throw new TsplayError('usage', `The provided configuration file is missing or not accessible: ${file}`, { cause });
  }
}

function dump(options: Parsed, settings: readonly InForce[]): string {
  const shown = options.on('only-changed') ? settings.filter(({ origin }) => origin !== 'default') : settings;
  const format = options.text('format') ?? 'display';
  if (format === 'display')
    return shown.map(({ name, origin, value }) => `${name}(${origin}) = ${pyStr(value)}`).join('\n');
  return formatted(
    options,
    shown.map(({ name, origin, value }): Dict => new Map(Object.entries({ name, origin, value }))),
  );
}

function formatted(options: Parsed, value: Value): string {
  const format = options.text('format') ?? 'yaml';
  if (format === 'json') return dumpJson(value, { indent: 4, sortKeys: true, ensureAscii: false });
  if (format === 'yaml') return emitYaml(value, { flow: false }).trimEnd();
  throw new TsplayError('option', `unknown format '${format}'`, { hint: 'use yaml or json' });
}

function view({ file }: Config): string {
  if (file === undefined) throw new TsplayError('usage', 'Invalid or no config file was supplied');
  return readFileSync(file, 'utf8').trimEnd();
}

function validate(options: Parsed, { warnings }: Config, environment: Env): number {
  const found = options.text('format') === 'env' ? misspeltVariables(environment) : warnings;
  for (const message of found) process.stderr.write(`ERROR! ${printable(message)}\n`);
  if (found.length > 0) return 1;
  return print('All configurations seem valid!');
}

function print(text: string): number {
  process.stdout.write(`${printable(text)}\n`);
  return 0;
}
