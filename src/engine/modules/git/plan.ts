import type { Change, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan, Result } from '../types.ts';
import type { GitArgs } from './args.ts';
import type { GitState } from './inspect.ts';
import { gitSetup, gitThere, program } from './shell.ts';

export function planRepository(args: GitArgs, state: GitState): Plan {
  const { dest, repo } = args;
  const fail = (failed: string, result: Result = {}): Plan => ({ changes: [], failed, result });
  if (!state.installed) return fail(`Failed to find required executable "${program(args)}" in paths`);
  if (args.version.startsWith('-')) return fail(`version may not start with a dash: ${args.version}`);
  const before = state.head ?? null;
  if (!state.cloned) return planClone(args, state);
  if (!args.update) return { changes: [], result: { before, after: before, remote_url_changed: false } };
  if (state.modified && !args.force)
    return fail(`Local modifications exist in the destination: ${dest} (force=no).`, { before });
  if (state.remoteProblem !== undefined) return fail(`Failed to read ${repo}: ${state.remoteProblem}`, { before });
  const moved = state.url !== repo;
  const { commit } = state.wanted;
  const current = before !== null && isCommit(before, commit) && !state.modified;
  const result = { before, after: isCommit(before ?? '', commit) ? before : commit, remote_url_changed: moved };
  const changes: Change[] = [];
  if (moved) changes.push(setUrl(args, state));
  if (!current) changes.push(checkOut(args, state));
  else if (args.recursive && !args.bare && state.staleSubmodules)
    changes.push(runChange(`update submodules of ${dest}`, join([gitSetup(args), submodules(args)])));
  return { changes, result };
}

function planClone(args: GitArgs, state: GitState): Plan {
  const { dest, repo } = args;
  if (state.occupied && !args.bare)
    return { changes: [], failed: `destination path '${dest}' already exists and is not an empty directory.` };
  if (state.remoteProblem !== undefined)
    return { changes: [], failed: `Failed to read ${repo}: ${state.remoteProblem}` };
  const result = { before: null, after: state.wanted.commit, remote_url_changed: false };
  if (!args.clone) return { changes: [], changed: true, result };
  const { kind, name } = state.wanted;
  const named = kind !== 'commit' && name !== '';
  const words = [
    ...(args.bare ? ['--bare'] : ['--origin', args.remote]),
    ...(args.depth !== null && kind !== 'commit' ? ['--depth', String(args.depth)] : []),
    ...(args.single_branch ? ['--single-branch'] : []),
    ...(named && (args.depth !== null || args.single_branch || args.bare) && args.version !== 'HEAD'
      ? ['--branch', name]
      : []),
    ...(args.reference === null ? [] : ['--reference', args.reference]),
    ...(args.separate_git_dir === null ? [] : [`--separate-git-dir=${args.separate_git_dir}`]),
  ];
  const folder = dest.replace(/\/+[^/]*\/*$/, '') || '/';
  const steps = [
    sh`mkdir -p -- ${folder}`,
    sh`${program(args)} clone -q ${words} -- ${repo} ${dest}`,
    ...(args.refspec === null ? [] : [fetch(args, [args.refspec])]),
    ...(args.bare ? [] : [switchTo(args, state), submodules(args)]),
    ...verified(args),
    sh`${gitThere(args)} rev-parse HEAD`,
  ];
  const script = join([gitSetup(args), join(steps, ' && ')]);
  return {
    changes: [runChange(`clone ${withoutPassword(repo)} to ${dest}`, script, { undo: sh`rm -rf -- ${dest}` })],
    result,
  };
}

/** `wanted` may be shortened. */
function isCommit(commit: string, wanted: string): boolean {
  return wanted.length >= 7 && commit.startsWith(wanted.toLowerCase());
}

function setUrl(args: GitArgs, { url }: GitState): Change {
  const git = gitThere(args);
  const set =
    url === undefined
      ? sh`${git} remote add ${args.remote} ${args.repo}`
      : sh`${git} remote set-url ${args.remote} ${args.repo}`;
  const undo =
    url === undefined ? sh`${git} remote remove ${args.remote}` : sh`${git} remote set-url ${args.remote} ${url}`;
  return runChange(`set the address of ${args.remote} in ${args.dest}`, set, { undo });
}

/** Fetches, if the commit is not there yet, and goes to it. */
function checkOut(args: GitArgs, state: GitState): Change {
  const git = gitThere(args);
  const { commit } = state.wanted;
  const steps = [
    fetch(args, args.refspec === null ? [] : [args.refspec]),
    ...(args.bare
      ? []
      : [...(args.force ? [sh`${git} reset -q --hard`] : []), switchTo(args, state), submodules(args)]),
    ...verified(args),
    sh`${git} rev-parse HEAD`,
  ];
  const diff = { before: `${state.head ?? ''}\n`, after: `${commit}\n` };
  const undo = state.head === undefined || args.bare ? {} : { undo: sh`${git} checkout -q --force ${state.head}` };
  return runChange(`check out ${args.version} in ${args.dest}`, join([gitSetup(args), join(steps, ' && ')]), {
    diff,
    ...undo,
  });
}

function fetch(args: GitArgs, refspecs: readonly string[]): Script {
  const depth = args.depth === null ? [] : ['--depth', String(args.depth)];
  const all = args.bare ? ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'] : [];
  return sh`${gitThere(args)} fetch -q --tags --force ${depth} ${args.remote} ${[...all, ...refspecs]} && ${args.bare || refspecs.length === 0 ? sh`:` : sh`${gitThere(args)} fetch -q ${args.remote}`}`;
}

/** A branch is followed, so that what stands on it is the remote's; tags and commits are checked out as they are. */
function switchTo(args: GitArgs, { wanted, localBranches }: GitState): Script {
  const git = gitThere(args);
  if (wanted.kind !== 'branch' || wanted.name === '') {
    if (args.version === 'HEAD') return sh`:`;
    return sh`${git} checkout -q --force ${wanted.name}`;
  }
  const upstream = `${args.remote}/${wanted.name}`;
  // after a clone the remote's own branch is there already
  const start = localBranches.includes(wanted.name)
    ? sh`${git} checkout -q --force ${wanted.name} --`
    : sh`{ ${git} checkout -q --force ${wanted.name} -- 2>/dev/null || ${git} checkout -q --track -b ${wanted.name} ${upstream}; }`;
  return sh`${start} && ${git} reset -q --hard ${upstream} --`;
}

function submodules(args: GitArgs): Script {
  if (!args.recursive || args.bare) return sh`:`;
  const git = gitThere(args);
  const remote = args.track_submodules ? ['--remote'] : [];
  return sh`{ [ ! -f ${`${args.dest}/.gitmodules`} ] || { ${git} submodule -q sync && ${git} submodule -q update --init --recursive --force ${remote}; }; }`;
}

function verified(args: GitArgs): Script[] {
  return args.verify_commit ? [sh`${gitThere(args)} verify-commit HEAD`] : [];
}

function withoutPassword(repo: string): string {
  return repo.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}

/** The commit that is there now. */
export function reportRepository(args: GitArgs, state: GitState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes } = planRepository(args, state);
  const failure = failedChange(changes, outcomes);
  if (failure) {
    const { rc, stdout, stderr } = failure.outcome;
    const failed = `Failed to ${failure.change.summary}: ${textOf(stderr) || textOf(stdout)}`;
    return { failed, result: { rc, stdout: textOf(stdout), stderr: textOf(stderr) } };
  }
  const last = textOf(outcomes.at(-1)?.stdout).split('\n').at(-1) ?? '';
  return /^[0-9a-f]{40,64}$/.test(last) ? { result: { after: last } } : {};
}
