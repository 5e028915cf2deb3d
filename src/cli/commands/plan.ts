import { resolve } from 'node:path';
import { type Invocation, planText, savePlanFile } from '../../engine/plan/file.ts';
import { planLines } from '../../engine/plan/text.ts';
import type { Command } from '../command.ts';
import { userState } from '../journal/find.ts';
import { optionHelp, type Parsed, parseOptions } from '../options.ts';
import { keptOptions, PLAN_OPTIONS } from '../plan/options.ts';
import { type Survey, survey } from '../plan/survey.ts';
import { processTheme } from '../run/theme.ts';

export const plan: Command = {
  summary: 'say what playbooks would change, and keep it to be applied',
  help: () => `Usage: tsplay plan PLAYBOOK... [OPTIONS]

Looks at the hosts and says what the playbooks would change on them, what cannot be told, and what could not be taken
back. Changes nothing. With -o the plan is kept, and tsplay apply does just that.

${optionHelp(PLAN_OPTIONS)}

Exit codes: 0 all well, 1 error, 2 a host failed, 4 a host was unreachable or the content cannot be read; no plan is
written then.
`,
  async run(args) {
    const options = parseOptions(args, PLAN_OPTIONS);
    const { seal } = userState();
    const looked = await survey({ options, digest: (content) => seal.digest(content), answers: [] });
    const text = () => planText(looked.parts, invocationOf(options, looked), seal);
    show(options, looked, text);
    const out = options.text('out');
    if (out === undefined || out === '-') return looked.exit;
    if (looked.exit !== 0) {
      process.stderr.write(`${out} is not written: not all hosts could be looked at to the end\n`);
      return looked.exit;
    }
    savePlanFile(resolve(out), text());
    if (!options.on('json')) process.stdout.write(`carry it out with: tsplay apply ${out}\n`);
    return looked.exit;
  },
};

function invocationOf(options: Parsed, { answers }: Survey): Invocation {
  return { words: options.words, options: Object.fromEntries(keptOptions(options)), answers };
}

function show(options: Parsed, { parts }: Survey, text: () => string): void {
  if (options.on('json') || options.text('out') === '-') process.stdout.write(text());
  else process.stdout.write(`${planLines(parts, processTheme()).join('\n')}\n`);
}
