import { commandArgs } from './commands/args.ts';
import { inspectGuards } from './commands/guards.ts';
import { planCommand, reportCommand } from './commands/plan.ts';
import { defineModule } from './define.ts';

export const shell = defineModule({
  name: 'shell',
  collection: 'ansible.builtin',
  summary: 'Run a command line by a shell',
  freeForm: 'command',
  background: 'host',
  args: {
    ...commandArgs,
    expand_argument_vars: { type: 'bool', doc: 'Only for `command`: a shell expands by itself.' },
  },
  prepare(controller) {
    return controller.checkMode;
  },
  inspect(host, args) {
    return inspectGuards(host, args);
  },
  plan(args, guards, checkMode) {
    if (args.expand_argument_vars !== null) {
      return { changes: [], failed: 'Unsupported parameters for (shell) module: expand_argument_vars' };
    }
    const text = args._raw_params ?? '';
    if (text.trim() === '') {
      return { changes: [], failed: 'no command given', result: { rc: 256, cmd: null, stdout: '', stderr: '' } };
    }
    return planCommand([args.executable ?? '/bin/sh', '-c', text], text, args, guards, checkMode);
  },
  report(args, _before, outcomes) {
    return reportCommand(args._raw_params, args, outcomes);
  },
  examples: '- shell: grep -c processor /proc/cpuinfo > /tmp/cores\n  args: {creates: /tmp/cores}',
});
