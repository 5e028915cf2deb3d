import type { Event } from '../../engine/model/event.ts';
import type { Value } from '../../engine/model/value.ts';
import { printable } from '../../engine/output/printable.ts';
import { loadPlaybook } from '../../engine/playbook/playbook.ts';
import { dumpJson } from '../../engine/template/filters/json/dump.ts';
import type { Command } from '../command.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { execute } from '../run/execute.ts';
import { factsPlaybook } from '../run/facts-playbook.ts';
import { prepare } from '../run/prepare.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';

const OPTIONS = {
  subset: { value: 'NAMES', help: 'only these groups of facts (`network,!hardware`)' },
  filter: { value: 'GLOBS', help: 'only facts whose name matches' },
  ...RUN_OPTIONS,
} satisfies OptionTable;

export const facts: Command = {
  summary: 'print the facts of hosts as JSON',
  help: () => `Usage: tsplay facts [PATTERN] [OPTIONS]

Gathers facts of the hosts that PATTERN names (all) and prints them as one JSON object, by host.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const playbookDir = process.cwd();
    const made = factsPlaybook({
      hosts: options.words[0] ?? 'all',
      subset: options.text('subset'),
      filter: options.text('filter'),
      directory: playbookDir,
    });
    const found = new Map<Value, Value>();
    const emit = (event: Event) => collect(event, found);
    const prepared = await prepare({ options, playbookDir, made, emit });
    const code = await execute(prepared, [{ path: 'facts', plays: loadPlaybook(made.path, prepared.loader) }]);
    process.stdout.write(`${printable(dumpJson(found, { indent: 2, sortKeys: true, ensureAscii: false }))}\n`);
    return code;
  },
};

function collect(event: Event, found: Map<Value, Value>): void {
  if (event.type === 'warning') process.stderr.write(`[WARNING]: ${event.message}\n`);
  if (event.type !== 'host-result') return;
  if (event.status === 'ok') found.set(event.host, event.result.get('ansible_facts') ?? null);
  else process.stderr.write(`${event.host}: ${event.status}: ${String(event.result.get('msg') ?? '')}\n`);
}
