import { Chalk } from 'chalk';
import { countOf, FORMATS, type Format, formatFindings, type Paint } from '../../engine/lint/format.ts';
import { lintPaths } from '../../engine/lint/lint.ts';
import { RULES } from '../../engine/lint/rules/index.ts';
import type { Rule } from '../../engine/lint/types.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { actionTable } from '../../engine/modules/registry.ts';
import { ContentFolders } from '../../engine/playbook/content/folders.ts';
import { nearest } from '../../engine/playbook/suggest.ts';
import { hasPlugin } from '../../engine/template/registry.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { colorLevel } from '../run/colors.ts';
import { readConfig } from '../run/config.ts';
import { ownRolePaths } from '../run/package-root.ts';
import { readSettings } from '../run/settings.ts';

const OPTIONS = {
  rules: { value: 'NAMES', many: true, help: 'only these rules, separated by commas' },
  'skip-rules': { value: 'NAMES', many: true, help: 'all rules but these' },
  format: { value: 'FORMAT', help: `${FORMATS.join(', ')} (text)` },
  strict: { help: 'warnings count as errors' },
  'list-rules': { help: 'print the rules, and do nothing else' },
} satisfies OptionTable;

export const lint: Command = {
  summary: 'find mistakes in playbooks and roles without a host',
  help: () => `Usage: tsplay lint PATH... [OPTIONS]

Reads playbooks, roles, files of tasks, variables, templates and inventories, and folders of them, and tells every
mistake that can be known without a host. Nothing in them is run or evaluated. A comment \`# noqa: RULE\` at the end of a
line silences a rule there. The exit code is 2 if there are errors.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    if (options.on('list-rules')) {
      process.stdout.write(listRules());
      return EXIT.ok;
    }
    if (options.words.length === 0) {
      throw new TsplayError('usage', 'name what to look at', { hint: 'tsplay lint roles playbooks' });
    }
    const format = formatOf(options.text('format') ?? 'text');
    const rules = chosenRules(options.list('rules'), options.list('skip-rules'));
    const settings = readSettings(options, readConfig(process.env).env);
    const findings = await lintPaths(options.words, {
      rules,
      reading: {
        actions: actionTable,
        hasLookup: (name) => hasPlugin('lookup', name),
        rolePaths: settings.rolePaths,
        ownRolePaths: ownRolePaths(),
        collectionsPaths: settings.collectionsPaths,
        content: new ContentFolders(settings.contentFolders),
      },
    });
    process.stdout.write(formatFindings(findings, format, painter()));
    const failed = options.on('strict') ? findings.length > 0 : countOf(findings, 'error') > 0;
    return failed ? EXIT.failed : EXIT.ok;
  },
};

function listRules(): string {
  const width = Math.max(...RULES.map(({ name }) => name.length));
  return RULES.map(({ name, severity, docs }) => `${name.padEnd(width)}  ${severity.padEnd(7)}  ${docs.what}\n`).join(
    '',
  );
}

function chosenRules(only: readonly string[], without: readonly string[]): readonly Rule[] {
  const [wanted, left] = [namesOf(only), namesOf(without)];
  const chosen = RULES.filter(({ name, optional }) => (wanted.length === 0 ? !optional : wanted.includes(name)));
  return chosen.filter(({ name }) => !left.includes(name));
}

function namesOf(given: readonly string[]): string[] {
  const names = given.flatMap((text) => text.split(',').map((name) => name.trim())).filter((name) => name !== '');
  const known = RULES.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return names;
  const meant = nearest(wrong, known);
  const hint = meant ? `did you mean "${meant}"?` : 'tsplay lint --list-rules prints them';
  throw new TsplayError('usage', `there is no rule "${wrong}"`, { hint });
}

function formatOf(name: string): Format {
  const format = FORMATS.find((each) => each === name);
  if (format) return format;
  throw new TsplayError('usage', `unknown format '${name}'`, { hint: `use ${FORMATS.join(', ')}` });
}

function painter(): Paint {
  const chalk = new Chalk({ level: colorLevel(process.stdout, process.env) });
  return (severity, text) => (severity === 'error' ? chalk.red(text) : chalk.yellow(text));
}
