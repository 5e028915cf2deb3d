import type { HostView } from '../remote/types.ts';
import { commandArgs } from './commands/args.ts';
import { inspectGuards } from './commands/guards.ts';
import { planCommand, reportCommand } from './commands/plan.ts';
import { splitCommand } from './commands/shlex.ts';
import { defineModule } from './define.ts';

export const command = defineModule({
  name: 'command',
  collection: 'ansible.builtin',
  summary: 'Run a program, without a shell around it',
  freeForm: 'command',
  background: 'host',
  args: {
    ...commandArgs,
    argv: { type: 'list', elements: 'str', doc: 'The command as a list of words.' },
    expand_argument_vars: { type: 'bool', default: true, doc: 'Expand `$NAME` and `~` in the words.' },
  },
  prepare(controller, args) {
    return { words: wordsOf(args._raw_params, args.argv), checkMode: controller.checkMode };
  },
  async inspect(host, args, inputs) {
    const [guards, words] = await Promise.all([
      inspectGuards(host, args),
      args.expand_argument_vars ? expandWords(host, inputs.words) : inputs.words,
    ]);
    return { guards, words };
  },
  plan(args, before, inputs) {
    const hasText = (args._raw_params ?? '').trim() !== '';
    if (hasText && args.argv !== null) return refuse('only command or argv can be given, not both');
    if (inputs.words.length === 0) return refuse('no command given');
    const warnings =
      args.executable === null
        ? []
        : [`executable is no longer supported by "command", which runs no shell; ${args.executable} is not used`];
    return { ...planCommand(before.words, inputs.words, args, before.guards, inputs.checkMode), warnings };
  },
  report(args, _before, outcomes, inputs) {
    return reportCommand(inputs.words, args, outcomes);
  },
  examples:
    '- command: systemctl is-active ssh\n  changed_when: false\n- command:\n    argv: [mkdir, "/srv/with blank"]\n    creates: /srv/with blank',
});

function wordsOf(text: string | null, argv: string[] | null): string[] {
  return text !== null && text.trim() !== '' ? splitCommand(text) : (argv ?? []);
}

function expandWords(host: HostView, words: readonly string[]): Promise<string[]> {
  return Promise.all(words.map((word) => (/[~$]/.test(word) ? host.expand(word) : word)));
}

function refuse(message: string) {
  return { changes: [], failed: message, result: { rc: 256, cmd: null, stdout: '', stderr: '' } };
}
