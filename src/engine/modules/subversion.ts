import type { Outcome } from '../model/change.ts';
import type { Script } from '../model/script.ts';
import { join, sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  repo: { type: 'str', required: true, aliases: ['name', 'repository'], doc: 'Address of the repository.' },
  dest: { type: 'path', doc: 'Folder of the working copy; needed unless it is only to be looked at the repository.' },
  revision: { type: 'str', default: 'HEAD', aliases: ['rev', 'version'], doc: 'Revision to have.' },
  force: { type: 'bool', default: false, doc: 'Throw away local changes; export over what is there.' },
  in_place: { type: 'bool', default: false, doc: 'Check out over a folder that is no working copy.' },
  username: { type: 'str', doc: 'User for the server.' },
  password: { type: 'str', noLog: true, doc: 'Password for the server.' },
  executable: { type: 'path', doc: 'The program to use.' },
  checkout: { type: 'bool', default: true, doc: 'Make the working copy if it is not there.' },
  update: { type: 'bool', default: true, doc: 'Bring one that is there up to date.' },
  export: { type: 'bool', default: false, doc: 'Have the files alone, without a working copy.' },
  switch: { type: 'bool', default: true, doc: 'Let the working copy follow `repo`.' },
  validate_certs: { type: 'bool', default: false, doc: "Check the server's certificate." },
} as const satisfies Record<string, ArgSpec>;

type SvnArgs = ArgsOf<typeof args>;

interface SvnState {
  readonly installed: boolean;
  readonly exists: boolean;
  /** `Revision: 5` of the working copy, if `dest` is one. */
  readonly revision: string | undefined;
  /** `URL: ...` of it. */
  readonly url: string | undefined;
  /** `Revision: 6` that is wanted; of the repository where there is no working copy. */
  readonly wanted: string | undefined;
  readonly modified: boolean;
  readonly problem: string | undefined;
}

export const subversion = defineModule({
  name: 'subversion',
  collection: 'ansible.builtin',
  summary: 'Have a revision of a Subversion repository on a host',
  args,
  inspect: inspectCopy,
  plan: planCopy,
  report: reportCopy,
  examples: '- subversion: {repo: "svn+ssh://svn.example.org/app/trunk", dest: /opt/app}',
});

/** One call of svn; the password is in `$p`, which no list of processes shows. */
function svn({ executable, username, password, validate_certs: checked }: SvnArgs, words: readonly string[]): Script {
  const user = username === null ? [] : ['--username', username];
  const trust = checked ? [] : ['--trust-server-cert'];
  const secret = password === null ? [] : ['--password-from-stdin'];
  const call = sh`${executable ?? 'svn'} --non-interactive --no-auth-cache ${trust} ${user} ${secret} ${words}`;
  return password === null ? call : sh`printf %s "$p" | ${call}`;
}

function script(given: SvnArgs, body: Script): { readonly text: Script; readonly stdin?: Buffer } {
  if (given.password === null) return { text: sh`LC_ALL=C; export LC_ALL; ${body}` };
  return { text: sh`LC_ALL=C; export LC_ALL; p=$(cat); ${body}`, stdin: Buffer.from(given.password) };
}

async function inspectCopy(host: HostView, given: SvnArgs): Promise<SvnState> {
  const { dest, repo, revision } = given;
  const there = dest ?? '';
  const pick = (word: string) => sh`sed -n ${`s/^\\(URL\\|Revision\\) *: */${word} \\1: /p`}`;
  const remote =
    given.update || given.checkout || given.export ? sh`:` : sh`${svn(given, ['info', repo])} | ${pick('wanted')}`;
  const { text, stdin } = script(
    given,
    sh`command -v ${given.executable ?? 'svn'} >/dev/null || exit 0; echo installed
if [ -n ${there} ] && [ -e ${there} ]; then echo exists
if i=$(${svn(given, ['info', there])} 2>/dev/null); then printf '%s\n' "$i" | ${pick('here')}
${svn(given, ['info', '-r', revision, there])} 2>&1 | { ${pick('wanted')}; }
${svn(given, ['status', '--quiet', '--ignore-externals', there])} | grep -q '^[^?X]' && echo modified
fi; else ${remote}; fi; :`,
  );
  const { stdout, stderr } = await host.query(text, stdin ? { stdin } : {});
  const lines = linesOf(stdout.toString('utf8'));
  const named = (start: string) => lines.find((line) => line.startsWith(start))?.slice(start.indexOf(' ') + 1);
  return {
    installed: lines.includes('installed'),
    exists: lines.includes('exists'),
    revision: named('here Revision'),
    url: named('here URL'),
    wanted: named('wanted Revision'),
    modified: lines.includes('modified'),
    problem: textOf(stderr) || undefined,
  };
}

function planCopy(given: SvnArgs, state: SvnState): Plan {
  const { dest, repo, revision, force } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!state.installed) return fail(`Failed to find required executable "${given.executable ?? 'svn'}" in paths`);
  const idle = !given.checkout && !given.update && !given.export;
  if (idle) return { changes: [], result: { after: state.wanted ?? 'Unable to get remote revision' } };
  if (dest === null) {
    return fail('the destination directory must be specified unless checkout=no, update=no, and export=no');
  }
  const over = force || given.in_place ? ['--force'] : [];
  if (given.export) return { changes: [make(given, ['export', ...(force ? ['--force'] : [])])] };
  if (!state.exists)
    return given.checkout ? { changes: [make(given, ['checkout'])], result: { before: null } } : { changes: [] };
  if (state.revision === undefined) {
    if (given.in_place) return { changes: [make(given, ['checkout', ...over])], result: { before: null } };
    return fail(`ERROR: ${dest} folder already exists, but its not a subversion repository.`);
  }
  if (!given.update) return { changes: [] };
  if (state.modified && !force) return fail('ERROR: modified files exist in the repository.');
  const before = [state.revision, state.url ?? ''];
  const elsewhere = given.switch && !isSame(state.url, repo);
  if (!elsewhere && !state.modified && state.revision === state.wanted) {
    return { changes: [], result: { before, after: before } };
  }
  const steps = [
    ...(given.switch ? [svn(given, ['switch', '--revision', revision, repo, dest])] : []),
    ...(state.modified ? [svn(given, ['revert', '-R', dest])] : []),
    svn(given, ['update', '-r', revision, dest]),
    svn(given, ['info', dest]),
  ];
  const { text, stdin } = script(given, join(steps, ' && '));
  const after = [state.wanted ?? '', elsewhere ? `URL: ${repo}` : (state.url ?? '')];
  return { changes: [runChange(`update ${dest} to ${revision}`, text, { stdin })], result: { before, after } };
}

function make(given: SvnArgs, words: readonly string[]) {
  const dest = given.dest ?? '';
  const call = svn(given, [...words, '-r', given.revision, given.repo, dest]);
  const look = given.export ? sh`:` : svn(given, ['info', dest]);
  const { text, stdin } = script(given, sh`${call} && ${look}`);
  return runChange(`${words[0]} ${given.repo} to ${dest}`, text, { stdin });
}

function isSame(url: string | undefined, repo: string): boolean {
  return url?.replace(/^URL: /, '').replace(/\/+$/, '') === repo.replace(/\/+$/, '');
}

function reportCopy(given: SvnArgs, state: SvnState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes } = planCopy(given, state);
  const failure = failedChange(changes, outcomes);
  if (failure) return { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) };
  if (outcomes.length === 0 || given.export) return {};
  const lines = linesOf(outcomes[0]!.stdout.toString('utf8'));
  const named = (word: string) => lines.findLast((line) => line.startsWith(`${word}: `)) ?? `Unable to get ${word}`;
  return { result: { after: [named('Revision'), named('URL')] } };
}
