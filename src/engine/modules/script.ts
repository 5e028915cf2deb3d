import { basename } from 'node:path';
import { sh } from '../remote/quote.ts';
import { guardArgs } from './commands/args.ts';
import { inspectGuards } from './commands/guards.ts';
import { streams } from './commands/output.ts';
import { within } from './commands/plan.ts';
import { splitCommand } from './commands/shlex.ts';
import { defineModule } from './define.ts';

export const script = defineModule({
  name: 'script',
  collection: 'ansible.builtin',
  summary: 'Run a script of the controller on a host',
  background: 'never',
  freeForm: 'command',
  args: {
    ...guardArgs,
    _raw_params: {
      type: 'str',
      required: true,
      requiredMessage: 'one of the following is required: _raw_params, cmd',
      aliases: ['cmd'],
      doc: 'The file and its arguments; also `cmd`.',
    },
    executable: { type: 'str', doc: 'Program to run it with.' },
    decrypt: { type: 'bool', default: true, doc: 'Decrypt the file if it is vaulted.' },
  },
  prepare(controller, { _raw_params: text, decrypt }) {
    const [name = '', ...words] = splitCommand(text);
    const path = controller.find('files', name);
    return { name: basename(path), words, content: controller.readFile(path, decrypt) };
  },
  inspect(host, args) {
    return inspectGuards(host, args);
  },
  plan(args, guards, inputs) {
    if (guards.created) return needless(`${args.creates} exists, matching creates option`);
    if (guards.removable === false) return needless(`${args.removes} does not exist, matching removes option`);
    const { name, words } = inputs;
    // The script lives in a folder of its own and goes with it, whatever ends the run.
    const keep = sh`umask 077; d=$(mktemp -d -t script.XXXXXXXX) || exit 1; trap 'rm -rf -- "$d"' EXIT; trap 'exit 143' HUP INT TERM`;
    const start = args.executable === null ? sh`"$d"/${name}` : sh`${splitCommand(args.executable)} "$d"/${name}`;
    const run = sh`( ${within(args.chdir, sh`${start} ${words} </dev/null`)} )`;
    return {
      changes: [
        {
          kind: 'run',
          summary: `run the script ${args._raw_params}`,
          script: sh`${keep}; cat >"$d"/${name} && chmod 700 "$d"/${name} && ${run}`,
          stdin: inputs.content,
          effect: args.creates !== null || args.removes !== null ? 'known' : 'opaque',
          isolated: true,
          success: 'any',
        },
      ],
    };
  },
  report(_args, _before, outcomes) {
    const [outcome] = outcomes;
    if (!outcome) return {};
    const result = { rc: outcome.rc, ...streams(outcome) };
    return outcome.rc === 0 ? { result } : { failed: 'non-zero return code', result };
  },
  examples: '- script: setup.sh --fast\n  args: {creates: /opt/ready}',
});

function needless(msg: string) {
  return { changes: [], skipped: true, result: { msg } };
}
