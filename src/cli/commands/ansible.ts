import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { matchHosts } from '../../engine/inventory/patterns/match.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Event } from '../../engine/model/event.ts';
import { dumpResult } from '../../engine/output/ansible/dump.ts';
import { printable } from '../../engine/output/printable.ts';
import { loadPlaybook } from '../../engine/playbook/playbook.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, type Parsed, parseOptions } from '../options.ts';
import { adHocPlaybook } from '../run/adhoc-playbook.ts';
import { type Config, type Env, readConfig } from '../run/config.ts';
import { execute } from '../run/execute.ts';
import { callbackOutput, processSink } from '../run/output.ts';
import { type Prepared, prepare } from '../run/prepare.ts';
import { HOST_OPTIONS } from '../run/run-options.ts';
import { readSettings } from '../run/settings.ts';
import { callbackForm } from '../run/stdout-callback.ts';
import { isTrue } from '../settings/convert.ts';

const OPTIONS = {
  'module-name': { short: 'm', value: 'NAME', help: 'module to run (command)' },
  args: { short: 'a', value: 'ARGS', help: "the module's arguments: `key=value ...`, a command, or JSON" },
  'one-line': { short: 'o', help: 'each result on one line' },
  tree: { short: 't', value: 'DIR', help: 'write each result to a file of the name of its host' },
  background: { short: 'B', value: 'SECONDS', help: 'run in the background for so long at most' },
  poll: { short: 'P', value: 'SECONDS', help: 'with -B: look so often whether it has ended (15)' },
  'task-timeout': { value: 'SECONDS', help: 'end the task after that time' },
  'playbook-dir': { value: 'DIR', help: 'look for roles, files and group_vars as if a playbook stood there' },
  ...HOST_OPTIONS,
} satisfies OptionTable;

const NEEDS_ARGS = /^(ansible\.(builtin|legacy|windows)\.)?(command|shell|raw|script|win_command|win_shell)$/;

export const ansible: Command = {
  summary: 'run one module on hosts',
  help: () => `Usage: tsplay exec PATTERN [-m MODULE] [-a ARGS] [OPTIONS]

Runs one module on the hosts that PATTERN names, without a playbook.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const config = readConfig(process.env);
    const { pattern, module, text } = wanted(options, config.env);
    const playbookDir = resolve(options.text('playbook-dir') ?? process.env['ANSIBLE_PLAYBOOK_DIR'] ?? '.');
    const made = adHocPlaybook({
      hosts: pattern,
      module,
      args: text,
      keywords: taskKeywords(options),
      directory: playbookDir,
    });
    const emit = await writer(options, config);
    const prepared = await prepare({ options, playbookDir, made, pattern, emit });
    const hosts = hostsOf(prepared, pattern);
    if (options.on('list-hosts')) {
      process.stdout.write(printable(`  hosts (${hosts.length}):\n${hosts.map((host) => `    ${host}\n`).join('')}`));
      return 0;
    }
    if (hosts.length === 0) return 0;
    return execute(prepared, [{ path: '__adhoc_playbook__', plays: loadPlaybook(made.path, prepared.loader) }]);
  },
};

function wanted(options: Parsed, env: Env): { pattern: string; module: string; text: string } {
  const [pattern, ...rest] = options.words;
  if (pattern === undefined || rest.length > 0) {
    throw new TsplayError('usage', rest.length > 0 ? `unrecognized arguments: ${rest.join(' ')}` : 'no hosts given', {
      hint: 'tsplay exec PATTERN -m MODULE -a "ARGS"',
    });
  }
  const module = options.text('module-name') ?? (env['DEFAULT_MODULE_NAME'] || 'command');
  const text = options.text('args') ?? env['ANSIBLE_MODULE_ARGS'] ?? '';
  if (NEEDS_ARGS.test(module) && text === '' && !options.on('list-hosts')) {
    const hint = pattern.endsWith('.yml') ? ' (did you mean to run ansible-playbook?)' : '';
    throw new TsplayError('usage', `No argument passed to ${module} module${hint}`);
  }
  if (/^(ansible\.(builtin|legacy)\.)?import_playbook$/.test(module)) {
    throw new TsplayError('usage', `'${module}' is not a valid action for ad-hoc commands`);
  }
  return { pattern, module, text };
}

function taskKeywords(options: Parsed): Record<string, number> {
  const given = {
    async: options.text('background'),
    poll: options.text('poll'),
    timeout: options.text('task-timeout'),
  };
  const found: Record<string, number> = {};
  for (const [name, text] of Object.entries(given)) if (text !== undefined) found[name] = Number(text);
  return found;
}

/** A pattern that matches nobody is no error, unless it is the limit's doing. */
function hostsOf({ variables, settings, emit }: Prepared, pattern: string): readonly string[] {
  const warn = (message: string) => emit({ type: 'warning', message });
  const { limit } = settings;
  const hosts = matchHosts(variables.store.inventory, pattern, { limit, onWarning: warn });
  if (hosts.length > 0) return hosts;
  if (limit !== undefined) {
    throw new TsplayError(
      'inventory',
      'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    );
  }
  warn('No hosts matched, nothing to do');
  return hosts;
}

/** Results in Ansible's short form for ad hoc tasks; in another one where settings ask twice for it. */
async function writer(options: Parsed, { env, file }: Config): Promise<(event: Event) => void> {
  const settings = readSettings(options, env);
  const named = isTrue(env['ANSIBLE_LOAD_CALLBACK_PLUGINS'] ?? '') ? env['ANSIBLE_STDOUT_CALLBACK'] : undefined;
  const callback = named && callbackForm(named)?.form !== undefined && named !== 'default' ? named : 'minimal';
  const form = options.on('one-line') ? 'oneline' : callback;
  const output = await callbackOutput(form, { settings, env, configFile: file }, processSink(env));
  const tree = options.text('tree');
  if (tree) mkdirSync(tree, { recursive: true });
  return (event) => {
    output.handle(event);
    if (tree && event.type === 'host-result') {
      writeFileSync(join(tree, event.host.replaceAll('/', '_')), dumpResult(event.result, { verbosity: 0 }));
    }
  };
}
