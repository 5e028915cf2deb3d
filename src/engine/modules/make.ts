import type { Script } from '../model/script.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { pyStr } from '../template/values.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { runChange, textOf } from './run-change.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  chdir: { type: 'path', required: true, doc: 'Folder of the Makefile.' },
  target: { type: 'str', doc: 'What to make; by default the first target.' },
  targets: { type: 'list', elements: 'str', doc: 'Several of them.' },
  params: { type: 'dict', doc: 'Variables of make; one without a value is a word of its own.' },
  file: { type: 'path', doc: 'The Makefile, if it has another name.' },
  make: { type: 'path', doc: 'The make to use; by default gmake or make.' },
  jobs: { type: 'int', doc: 'How many jobs at once.' },
} as const satisfies Record<string, ArgSpec>;

type MakeArgs = ArgsOf<typeof args>;

interface MakeState {
  /** Nothing is to be made. */
  readonly done: boolean;
  readonly program: string;
  readonly stdout: string;
  readonly stderr: string;
}

export const make = defineModule({
  name: 'make',
  collection: 'community.general',
  summary: 'Run make where its targets are not up to date',
  args,
  rules: { mutuallyExclusive: [['target', 'targets']] },
  inspect: inspectTargets,
  plan: planTargets,
  report(given, before, [outcome]) {
    if (!outcome) return {};
    const streams = { stdout: textOf(outcome.stdout), stderr: textOf(outcome.stderr) };
    const result = { ...planTargets(given, before).result, ...streams };
    return outcome.rc === 0
      ? { result }
      : { failed: streams.stderr || streams.stdout, result: { ...result, rc: outcome.rc } };
  },
  examples: '- community.general.make: {chdir: /usr/local/src/app, target: install, params: {PREFIX: /opt/app}}',
});

async function inspectTargets(host: HostView, given: MakeArgs): Promise<MakeState> {
  const { rc, stdout, stderr } = await host.query(sh`m=${given.make ?? ''}
[ -n "$m" ] || m=$(command -v gmake || command -v make) || { printf '\n'; exit 0; }
printf '%s\n' "$m"; ${command(sh`"$m"`, given)} -q`);
  const [program = '', ...rest] = stdout.toString('utf8').split('\n');
  return { done: rc === 0, program, stdout: rest.join('\n').trimEnd(), stderr: textOf(stderr) };
}

function words({ target, targets, params, file, jobs }: MakeArgs): string[] {
  const set = [...(params ?? [])].map(([name, value]) =>
    value === null ? pyStr(name) : `${pyStr(name)}=${pyStr(value)}`,
  );
  return [
    ...(jobs === null ? [] : ['-j', String(jobs)]),
    ...(file === null ? [] : ['-f', file]),
    ...(target === null ? (targets ?? []) : [target]),
    ...set,
  ];
}

function command(program: Script, given: MakeArgs): Script {
  return sh`cd ${given.chdir} && ${program} ${words(given)}`;
}

function planTargets(given: MakeArgs, { done, program, stdout, stderr }: MakeState): Plan {
  const { chdir, target, targets, params, file, jobs } = given;
  if (program === '') return { changes: [], failed: 'Failed to find required executable "make" in paths' };
  const shown = [program, ...words(given)].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : sh`${word}`.text));
  const result = { chdir, target, targets, params, file, jobs, command: shown.join(' '), stdout, stderr };
  const what = target ?? (targets?.join(' ') || 'the first target');
  return { changes: done ? [] : [runChange(`make ${what} in ${chdir}`, command(sh`${program}`, given))], result };
}
