import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { linesOf } from '../text-file.ts';
import { compareArchive } from './archive.ts';
import type { GitArgs } from './args.ts';
import { addressOf, folderOf, gitSetup, gitThere, program } from './shell.ts';
import { verification } from './verify.ts';

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
  /** The branch that is checked out, if it is one. */
  readonly branch: string | undefined;
  /** What the version stands for in the remote repository. */
  readonly wanted: RemoteVersion;
  /** The commit that the version is in the repository that is there. */
  readonly known: string | undefined;
  /** The archive that is there is what would be made now. */
  readonly archived: boolean;
  /** What is wrong with the signature of the version, as it is there. */
  readonly badSignature: string | undefined;
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
  const asks = args.update || args.clone;
  const { stdout } = await host.query(sh`${gitSetup(args)}
command -v ${program(args)} >/dev/null || exit 0; echo installed
${args.dest === null ? sh`:` : lookThere(args)}; printf '\036\n'
[ -z ${asks || args.dest === null ? 'y' : ''} ] || { ${program(args)} ls-remote --symref -- ${addressOf(args)} 2>&1 || echo failed; }`);
  const [own = '', remote = ''] = stdout.toString('utf8').split(mark);
  const lines = linesOf(own);
  const all = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const refs = linesOf(remote);
  return {
    installed: lines.includes('installed'),
    cloned: lines.includes('cloned'),
    occupied: lines.includes('occupied'),
    head: all('head')[0],
    modified: lines.includes('modified'),
    url: all('url')[0],
    staleSubmodules: lines.includes('stale'),
    localBranches: all('branch'),
    branch: all('on')[0],
    known: all('known')[0],
    archived: lines.includes('archived'),
    badSignature: all('signature').join('\n') || undefined,
    wanted: remoteVersion(refs, args.version),
    remoteProblem: refs.at(-1) === 'failed' ? refs.slice(0, -1).join('\n') : undefined,
  };
}

/** A word a line of what stands at `dest`. */
function lookThere(args: GitArgs): Script {
  const git = gitThere(args);
  const dest = folderOf(args);
  const verified = args.verify_commit ? sh`${verification(args)} 2>&1 | sed 's/^/signature /'` : sh`:`;
  return sh`[ -e ${dest} ] && [ -n "$(ls -A ${dest} 2>/dev/null)" ] && echo occupied
if ${args.bare ? sh`[ -f ${`${dest}/config`} ]` : sh`[ -e ${`${dest}/.git`} ]`}; then echo cloned
git_head=$(${git} rev-parse -q --verify HEAD) && echo "head $git_head"
git_known=$(${git} rev-parse -q --verify ${`${args.version}^{commit}`}) && echo "known $git_known"
${args.bare ? sh`:` : sh`${git} status --porcelain 2>/dev/null | grep -v '^??' | grep -q . && echo modified`}
${git} config --get ${`remote.${args.remote}.url`} | sed 's/^/url /'
${git} symbolic-ref -q --short HEAD | sed 's/^/on /'
${git} for-each-ref --format='branch %(refname:short)' refs/heads
[ ! -f ${`${dest}/.gitmodules`} ] || ! ${git} submodule status | grep -q '^[-+]' || echo stale
${args.archive === null ? sh`:` : sh`${compareArchive(args, args.archive)} && echo archived`}
${verified}
fi`;
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
