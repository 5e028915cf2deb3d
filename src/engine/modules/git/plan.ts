import type { Change, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan, Result } from '../types.ts';
import { writeArchive } from './archive.ts';
import type { GitArgs } from './args.ts';
import type { GitState } from './inspect.ts';
import { addressOf, folderOf, gitSetup, gitThere, program } from './shell.ts';
import { verification } from './verify.ts';

export function planRepository(args: GitArgs, state: GitState): Plan {
  const { repo } = args;
  const dest = folderOf(args);
  const fail = (failed: string, result: Result = {}): Plan => ({ changes: [], failed, result });
  if (!state.installed) return fail(`Failed to find required executable "${program(args)}" in paths`);
  if (args.version.startsWith('-')) return fail(`version may not start with a dash: ${args.version}`);
  if (args.dest === null && args.clone) return fail('the destination directory must be specified unless clone=no');
  const before = state.head ?? null;
  if (!state.cloned) return planClone(args, state);
  const archive = planArchive(args, state);
  if (!args.update) return { changes: archive, result: { before, after: before, remote_url_changed: false } };
  if (state.modified && !args.force)
    return fail(`Local modifications exist in the destination: ${dest} (force=no).`, { before });
  if (state.remoteProblem !== undefined) return fail(`Failed to read ${repo}: ${state.remoteProblem}`, { before });
  const moved = !isSameAddress(state.url, addressOf(args));
  const commit = commitOf(state);
  const current = before !== null && isCommit(before, commit) && !state.modified;
  const stale = args.recursive && !args.bare && state.staleSubmodules;
  const result: Result = {
    before,
    after: current ? before : commit,
    remote_url_changed: moved && state.url !== undefined,
  };
  if (current && state.badSignature !== undefined) return fail(state.badSignature, result);
  const changes: Change[] = [];
  if (moved) changes.push(setUrl(args, state));
  const astray = current && !args.bare && isAstray(state);
  if (!current || astray) changes.push(checkOut(args, state));
  if (stale && current && !astray)
    changes.push(runChange(`update submodules of ${dest}`, join([gitSetup(args), submodules(args)])));
  if (state.modified) result['msg'] = `Local modifications exist in the destination: ${dest}`;
  if (stale) result['submodules_changed'] = true;
  const archived = current ? archive : newArchive(args);
  const changed = !current || moved || stale || archived.length > 0;
  return { changes: [...changes, ...archived], changed, result };
}

/** The right commit, by another name: going to the right one changes nothing that a user sees. */
function isAstray({ wanted, branch, known, head }: GitState): boolean {
  if (wanted.kind === 'branch') return wanted.name !== '' && branch !== wanted.name;
  return branch !== undefined || known !== head;
}

function planArchive(args: GitArgs, { archived }: GitState): Change[] {
  return archived ? [] : newArchive(args);
}

function newArchive(args: GitArgs): Change[] {
  const { archive, version } = args;
  if (archive === null) return [];
  return [runChange(`archive ${version} as ${archive}`, join([gitSetup(args), writeArchive(args, archive)]))];
}

/** What is no branch or tag of the remote may still be a name that the repository knows. */
function commitOf({ wanted, known }: GitState): string {
  return wanted.kind === 'commit' && known !== undefined ? known : wanted.commit;
}

/** As paths are the same: with or without a slash at the end. */
function isSameAddress(one: string | undefined, other: string): boolean {
  const plain = (address: string) => address.replace(/(?<=[^/:])\/+/g, '/').replace(/(?<=.)\/+$/, '');
  return one !== undefined && plain(one) === plain(other);
}

function planClone(args: GitArgs, state: GitState): Plan {
  const { repo } = args;
  const dest = folderOf(args);
  if (state.occupied && !args.bare && args.clone)
    return { changes: [], failed: `destination path '${dest}' already exists and is not an empty directory.` };
  if (state.remoteProblem !== undefined)
    return { changes: [], failed: `Failed to read ${repo}: ${state.remoteProblem}` };
  const result = { before: null, after: state.wanted.commit };
  if (!args.clone) return { changes: [], changed: true, result };
  const { kind, name } = state.wanted;
  const named = kind !== 'commit' && name !== '';
  const deep = args.depth !== null && kind === 'commit' && args.refspec === null;
  const words = [
    ...(args.bare ? ['--bare'] : ['--origin', args.remote]),
    ...(args.depth !== null && !deep ? ['--depth', String(args.depth)] : []),
    ...(args.single_branch ? ['--single-branch'] : []),
    ...(named && (args.depth !== null || args.single_branch || args.bare) && args.version !== 'HEAD'
      ? ['--branch', name]
      : []),
    ...(args.reference === null ? [] : ['--reference', args.reference]),
    ...(args.separate_git_dir === null ? [] : [`--separate-git-dir=${args.separate_git_dir}`]),
  ];
  const address = addressOf(args);
  const folder = dest.replace(/\/+[^/]*\/*$/, '') || '/';
  const steps = [
    sh`mkdir -p -- ${folder}`,
    sh`${program(args)} clone -q ${words} -- ${address} ${dest}`,
    ...(args.bare && args.remote !== 'origin' ? [sh`${gitThere(args)} remote add ${args.remote} ${address}`] : []),
    ...(args.refspec === null ? [] : [fetch(args, [args.refspec])]),
    ...(args.bare ? [] : [switchTo(args, state), submodules(args)]),
    ...verified(args),
    sh`${gitThere(args)} rev-parse HEAD`,
  ];
  const script = join([gitSetup(args), join(steps, ' && ')]);
  const diff = { before: '', after: '', prepared: `>> Newly checked out ${state.wanted.commit}` };
  const undo = sh`rm -rf -- ${dest}`;
  const clone = runChange(`clone ${withoutPassword(repo)} to ${dest}`, script, { diff, undo });
  const warnings = deep ? [ignoredDepth] : [];
  return { changes: [clone, ...newArchive(args)], result, warnings };
}

const ignoredDepth =
  'Ignoring depth argument. Shallow clones are only available for HEAD, branches, tags or in combination with refspec.';

/** `wanted` may be shortened. */
function isCommit(commit: string, wanted: string): boolean {
  return wanted.length >= 7 && commit.startsWith(wanted.toLowerCase());
}

function setUrl(args: GitArgs, { url }: GitState): Change {
  const git = gitThere(args);
  const set =
    url === undefined
      ? sh`${git} remote add ${args.remote} ${addressOf(args)}`
      : sh`${git} remote set-url ${args.remote} ${addressOf(args)}`;
  const undo =
    url === undefined ? sh`${git} remote remove ${args.remote}` : sh`${git} remote set-url ${args.remote} ${url}`;
  return runChange(`set the address of ${args.remote} in ${folderOf(args)}`, set, { undo });
}

/** Fetches, if the commit is not there yet, and goes to it. */
function checkOut(args: GitArgs, state: GitState): Change {
  const git = gitThere(args);
  const commit = commitOf(state);
  const steps = [
    fetch(args, [...shallowRefs(args, state), ...(args.refspec === null ? [] : [args.refspec])]),
    ...(args.bare
      ? []
      : [...(args.force ? [sh`${git} reset -q --hard`] : []), switchTo(args, state), submodules(args)]),
    ...verified(args),
    sh`${git} rev-parse HEAD`,
  ];
  const diff = { before: `${state.head ?? ''}\n`, after: `${commit}\n` };
  const undo = state.head === undefined || args.bare ? {} : { undo: sh`${git} checkout -q --force ${state.head}` };
  return runChange(`check out ${args.version} in ${folderOf(args)}`, join([gitSetup(args), join(steps, ' && ')]), {
    diff,
    ...undo,
  });
}

/** A shallow repository follows one branch alone: another version has to be asked for by name. */
function shallowRefs({ depth, bare, remote, version }: GitArgs, { wanted: { kind, name } }: GitState): string[] {
  if (depth === null || bare || version === 'HEAD' || kind === 'commit') return [];
  return [
    kind === 'branch' ? `+refs/heads/${name}:refs/remotes/${remote}/${name}` : `+refs/tags/${name}:refs/tags/${name}`,
  ];
}

function fetch(args: GitArgs, refspecs: readonly string[]): Script {
  const depth = args.depth === null ? [] : ['--depth', String(args.depth)];
  const tags = args.depth === null || refspecs.length === 0 ? ['--tags'] : [];
  const all = args.bare ? ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'] : [];
  const force = args.force ? ['--force'] : [];
  const asked = sh`${gitThere(args)} fetch -q ${tags} ${force} ${depth} ${args.remote} ${[...all, ...refspecs]}`;
  // what the remote's own configuration fetches comes on top
  const usual = sh`${gitThere(args)} fetch -q ${force} ${depth} ${args.remote}`;
  return args.bare || refspecs.length === 0 ? asked : sh`${asked} && ${usual}`;
}

/** A branch is followed, so that what stands on it is the remote's; tags and commits are checked out as they are. */
function switchTo(args: GitArgs, { wanted, localBranches }: GitState): Script {
  const git = gitThere(args);
  if (wanted.kind !== 'branch' || wanted.name === '') {
    if (args.version === 'HEAD') return sh`:`;
    return sh`${git} checkout -q --force ${wanted.name}`;
  }
  const upstream = `${args.remote}/${wanted.name}`;
  // after a clone the remote's own branch is there already; a shallow repository tracks but one
  const start = localBranches.includes(wanted.name)
    ? sh`${git} checkout -q --force ${wanted.name} --`
    : sh`{ ${git} checkout -q --force ${wanted.name} -- 2>/dev/null || ${git} checkout -q --track -b ${wanted.name} ${upstream} 2>/dev/null || ${git} checkout -q --no-track -b ${wanted.name} ${upstream}; }`;
  return sh`${start} && ${git} reset -q --hard ${upstream} --`;
}

function submodules(args: GitArgs): Script {
  if (!args.recursive || args.bare) return sh`:`;
  const git = gitThere(args);
  const remote = args.track_submodules ? ['--remote'] : [];
  return sh`{ [ ! -f ${`${folderOf(args)}/.gitmodules`} ] || { ${git} submodule -q sync && ${git} submodule -q update --init --recursive --force ${remote}; }; }`;
}

function verified(args: GitArgs): Script[] {
  return args.verify_commit ? [sh`${verification(args)} >&2`] : [];
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
    const said = textOf(stderr) || textOf(stdout);
    const failed = said.startsWith('Failed to verify') ? said : `Failed to ${failure.change.summary}: ${said}`;
    return { failed, result: { rc, stdout: textOf(stdout), stderr: textOf(stderr) } };
  }
  const heads = outcomes.map(({ stdout }) => textOf(stdout).split('\n').at(-1) ?? '');
  const head = heads.findLast((line) => /^[0-9a-f]{40,64}$/.test(line));
  return head === undefined ? {} : { result: { after: head } };
}
