import { dict, type Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { Plan } from './types.ts';

interface DebconfArgs {
  readonly name: string;
  readonly question: string | null;
  readonly vtype: string | null;
  readonly value: Value;
  readonly unseen: boolean;
}

interface DebconfState {
  readonly installed: boolean;
  readonly problem: string | undefined;
  /** Answers that are known, by question. */
  readonly answers: ReadonlyMap<string, string>;
}

const mark = '\x1e\n';

export const debconf = defineModule({
  name: 'debconf',
  collection: 'ansible.builtin',
  summary: "Answer questions of Debian's packages beforehand",
  args: {
    name: { type: 'str', required: true, aliases: ['pkg'], doc: 'Package that asks.' },
    question: { type: 'str', aliases: ['selection', 'setting'], doc: 'The question; by default nothing is set.' },
    vtype: {
      type: 'str',
      choices: ['boolean', 'error', 'multiselect', 'note', 'password', 'seen', 'select', 'string', 'text', 'title'],
      doc: 'Its type.',
    },
    value: { type: 'raw', aliases: ['answer'], doc: 'The answer.' },
    unseen: { type: 'bool', default: false, doc: 'The question counts as not asked yet.' },
  },
  rules: { requiredTogether: [['question', 'vtype', 'value']] },
  async inspect(host, { name, question, vtype }): Promise<DebconfState> {
    // debconf-show hides passwords
    const ask =
      vtype === 'password' && question !== null
        ? sh`printf 'GET %s\n' ${question} | debconf-communicate ${name} | sed -n 's/^0 //p'`
        : sh`:`;
    const { rc, stdout, stderr } = await host.query(sh`LC_ALL=C; export LC_ALL
command -v debconf-show >/dev/null || { printf '\036\n\036\nmissing\n'; exit 0; }
debconf-show ${name} || exit; printf '\036\n'; ${ask}; printf '\036\n'`);
    const [shown = '', password = '', missing = ''] = stdout.toString('utf8').split(mark);
    const answers = new Map(
      linesOf(shown).flatMap((line): [string, string][] => {
        const [, asked, answer = ''] = /^[* ]*([^:]+):(?: (.*))?$/.exec(line) ?? [];
        return asked === undefined ? [] : [[asked.trim(), answer]];
      }),
    );
    if (vtype === 'password' && question !== null && password.trim() !== '') answers.set(question, password.trim());
    return {
      installed: missing.trim() !== 'missing',
      problem: rc === 0 ? undefined : stderr.toString('utf8').trim(),
      answers,
    };
  },
  plan: planAnswer,
  examples: '- debconf: {name: tzdata, question: tzdata/Areas, vtype: select, value: Europe}',
});

function planAnswer(args: DebconfArgs, { installed, problem, answers }: DebconfState): Plan {
  const { name, question, vtype } = args;
  if (!installed) return { changes: [], failed: 'Failed to find required executable "debconf-show" in paths' };
  if (problem !== undefined) return { changes: [], failed: problem };
  const current = dict(Object.fromEntries(answers));
  if (question === null || vtype === null) return { changes: [], result: { msg: '', current } };
  const value = answerText(args.value, vtype);
  const before = answers.get(question);
  const same = before !== undefined && (vtype === 'boolean' ? before.toLowerCase() : before) === value;
  if (same) return { changes: [], result: { msg: '', current } };
  const previous = dict(before === undefined ? {} : { [question]: before });
  const result = { msg: '', current: dict({ [question]: value }), previous };
  const hidden = vtype === 'password';
  const shown = (text: string) => `${question}: ${hidden ? '********' : text}\n`;
  const change = runChange(`answer ${question} of ${name}`, sh`debconf-set-selections ${args.unseen ? ['-u'] : []}`, {
    stdin: Buffer.from(`${name} ${question} ${vtype} ${value}\n`),
    diff: { before: before === undefined ? '' : shown(before), after: shown(value) },
  });
  return { changes: [change], result };
}

function answerText(value: Value, vtype: string): string {
  const text = Array.isArray(value) ? value.map(pyStr).join(', ') : pyStr(value);
  return vtype === 'boolean' ? text.toLowerCase() : text;
}
