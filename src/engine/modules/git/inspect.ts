import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { linesOf } from '../text-file.ts';
import type { GitArgs } from './args.ts';
import { gitSetup, gitThere, program } from './shell.ts';

export interface GitState {
  readonly installed: boolean;
  /** There is a repository at `dest`. */
  readonly cloned: boolean;
  /** Something else stands there. */
  readonly occupied: boolean;
  readonly head: string | undefined;
  /** Files of the working copy that were changed by hand. */
  readonly modified: boolean;
  /** Address that the remote has. */
  readonly url: string | undefined;
  /** Submodules that are not what the commit says. */
  readonly staleSubmodules: boolean;
  readonly localBranches: readonly string[];
  /** What the version stands for in the remote repository. */
  readonly wanted: RemoteVersion;
  /** What git said if the remote repository could not be asked. */
  readonly remoteProblem: string | undefined;
}

export interface RemoteVersion {
  readonly kind: 'branch' | 'tag' | 'commit';
  /** Name of the branch or tag; for `HEAD` that of its branch. */
  readonly name: string;
  readonly commit: string;
}

const mark = '\x1e\n';

/** One round trip, in which the host asks the remote repository for its branches and tags. */
export async function inspectRepository(host: HostView, args: GitArgs): Promise<GitState> {
  const git = gitThere(args);
  const asks = args.update || args.clone;
  const { stdout } = await host.query(sh`${gitSetup(args)}
command -v ${program(args)} >/dev/null || exit 0; echo installed
[ -e ${args.dest} ] && [ -n "$(ls -A ${args.dest} 2>/dev/null)" ] && echo occupied
if ${args.bare ? sh`[ -f ${`${args.dest}/config`} ]` : sh`[ -e ${`${args.dest}/.git`} ]`}; then echo cloned
git_head=$(${git} rev-parse -q --verify HEAD) && echo "head $git_head"
${args.bare ? sh`:` : sh`${git} status --porcelain 2>/dev/null | grep -v '^??' | grep -q . && echo modified`}
${git} config --get ${`remote.${args.remote}.url`} | sed 's/^/url /'
${git} for-each-ref --format='branch %(refname:short)' refs/heads
[ ! -f ${`${args.dest}/.gitmodules`} ] || ! ${git} submodule status | grep -q '^[-+]' || echo stale
fi; printf '\036\n'
[ -z ${asks ? 'y' : ''} ] || { ${program(args)} ls-remote --symref -- ${args.repo} 2>&1 || echo failed; }`);
  const [own = '', remote = ''] = stdout.toString('utf8').split(mark);
  const lines = linesOf(own);
  const named = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const refs = linesOf(remote);
  return {
    installed: lines.includes('installed'),
    cloned: lines.includes('cloned'),
    occupied: lines.includes('occupied'),
    head: named('head'),
    modified: lines.includes('modified'),
    url: named('url'),
    staleSubmodules: lines.includes('stale'),
    localBranches: lines.filter((line) => line.startsWith('branch ')).map((line) => line.slice('branch '.length)),
    wanted: remoteVersion(refs, args.version),
    remoteProblem: refs.at(-1) === 'failed' ? refs.slice(0, -1).join('\n') : undefined,
  };
}

/** What a version stands for, by the lines of `git ls-remote --symref`; what is no branch or tag is a commit. */
export function remoteVersion(lines: readonly string[], version: string): RemoteVersion {
  const refs = new Map<string, string>();
  let head = '';
  for (const line of lines) {
    const [value = '', name = ''] = line.split('\t');
    if (value.startsWith('ref: ')) {
      if (name === 'HEAD') head = value.slice('ref: refs/heads/'.length);
    } else refs.set(name, value);
  }
  if (version === 'HEAD') return { kind: 'branch', name: head, commit: refs.get('HEAD') ?? '' };
  const branch = refs.get(`refs/heads/${version}`);
  if (branch !== undefined) return { kind: 'branch', name: version, commit: branch };
  // an annotated tag is an object of its own; its commit is the peeled one
  const tag = refs.get(`refs/tags/${version}^{}`) ?? refs.get(`refs/tags/${version}`);
  if (tag !== undefined) return { kind: 'tag', name: version, commit: tag };
  return { kind: 'commit', name: version, commit: version };
}
