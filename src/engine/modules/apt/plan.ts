import type { Change, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { dict, type Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { aptGet, aptWords, underPolicy, updateCache } from './commands.ts';
import { changesIn, tellsOfChange } from './output.ts';
import { exactVersion, type PackageSpec } from './spec.ts';
import type { AptArgs, AptBefore, Step } from './task.ts';

/** Decides what to do; where the lists are updated first, what it changes is known only afterwards. */
export function planApt(args: AptArgs, before: AptBefore): Plan {
  if (before.failed !== undefined) return { changes: [], failed: before.failed };
  const work = before.steps.filter(isNeeded);
  const refused = work.find((step) => step.simulation && step.simulation.rc !== 0);
  if (refused) return refusal(args, refused);
  const changes: Change[] = [];
  if (args.clean) changes.push(runChange('apt-get clean', sh`apt-get clean`));
  if (before.updateDue) {
    const script = updateCache(args.update_cache_retries, args.update_cache_retry_max_delay);
    changes.push(runChange('update the package lists', script));
  }
  changes.push(...work.map((step) => stepChange(args, step, before.host.specs)));
  if (before.deb?.includes('://')) changes.push(debChange(args, before.deb));
  if (before.markManual.length && work.length === 0) {
    changes.push(
      runChange(`mark as manually installed: ${before.markManual.join(' ')}`, sh`apt-mark manual ${before.markManual}`),
    );
  }
  const onlyLists = work.length === 0 && args.package === null && args.upgrade === 'no' && args.deb === null;
  return {
    changes,
    changed: work.length > 0 || before.deb !== undefined || (onlyLists && (before.updateDue || args.clean)),
    result: { cache_updated: before.updateDue, cache_update_time: before.host.cacheTime, ...simulated(work) },
  };
}

function simulated(steps: readonly Step[]): Record<string, Value> {
  const done = steps.flatMap(({ simulation }) => (simulation ? [simulation] : []));
  if (done.length === 0) return {};
  return { stdout: done.map(({ stdout }) => stdout).join(''), stderr: done.map(({ stderr }) => stderr).join('') };
}

function isNeeded({ action, simulation }: Step): boolean {
  if (simulation?.rc !== 0) return true;
  return action === 'autoclean' ? /^Del /m.test(simulation.stdout) : tellsOfChange(simulation.stdout);
}

function refusal(args: AptArgs, step: Step): Plan {
  const { rc, stdout, stderr } = step.simulation!;
  return { changes: [], failed: failure(args, step, stderr), result: { rc, stdout, stderr } };
}

function failure(args: AptArgs, { action, packages, fixBroken }: Step, stderr: string): string {
  if (action === 'remove') return `'apt-get remove ${packages.join(' ')}' failed: ${stderr}`;
  return `'apt-get ${aptWords(action, packages, args, fixBroken).join(' ')}' failed: ${stderr}`;
}

function stepChange(args: AptArgs, step: Step, specs: readonly PackageSpec[]): Change {
  const { action, packages, fixBroken, simulation } = step;
  const scriptFor = (words: readonly string[]) =>
    underPolicy(aptGet(aptWords(action, words, args, fixBroken)), args.policy_rc_d);
  const diff = simulation && { before: '', after: '', prepared: changesIn(simulation.stdout) };
  const undo = undoOf(args, step);
  return runChange(`apt-get ${[action, ...packages].join(' ')}`, scriptFor(packages), {
    diff,
    loosely: scriptFor(packages.map((word) => asAsked(word, specs))),
    ...(undo && { undo }),
  });
}

/** A package with the version that was chosen for it, as the user asked for it. */
function asAsked(word: string, specs: readonly PackageSpec[]): string {
  const spec = specs.find(({ name }) => word.startsWith(`${name}=`));
  return spec ? spec.name + exactVersion(spec) : word;
}

/** Takes away what would be installed anew. Versions that are replaced or removed may be nowhere to be had again. */
function undoOf(args: AptArgs, { action, simulation, staleSimulation }: Step): Script | undefined {
  const told = simulation ?? staleSimulation;
  if (action !== 'install' || !told) return undefined;
  const installed = [...told.stdout.matchAll(/^Inst (\S+) \(/gm)].map((match) => match[1]!);
  return installed.length ? aptGet(aptWords('remove', installed, { ...args, autoremove: false })) : undefined;
}

const unchanged = 'Nothing to do: this version is installed';

/** Fetches a package file and installs it, unless it is installed in that version. */
function debChange(args: AptArgs, url: string): Change {
  const install = aptGet(aptWords('install', [], args));
  const script = sh`folder=$(mktemp -d) || exit 1; chmod 755 "$folder"; trap 'rm -rf "$folder"' EXIT
deb=$folder/package.deb
/usr/lib/apt/apt-helper download-file ${url} "$deb" >&2 || exit 1
n=$(dpkg-deb -f "$deb" Package) && v=$(dpkg-deb -f "$deb" Version) || exit 1
case $(dpkg-query -W -f '$'{db:Status-Abbrev}'|$'{Version} -- "$n" 2>/dev/null) in
"ii |$v") echo ${unchanged}; exit 0;; esac
${install} "$deb"`;
  return runChange(`install ${url}`, underPolicy(script, args.policy_rc_d));
}

/** The result from what apt-get printed. */
export function reportApt(args: AptArgs, before: AptBefore, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes, changed } = planApt(args, before);
  const failed = failedChange(changes, outcomes);
  const work = before.steps.filter(isNeeded);
  const first = (args.clean ? 1 : 0) + (before.updateDue ? 1 : 0);
  if (failed) {
    const [stdout, stderr] = [textOf(failed.outcome.stdout), textOf(failed.outcome.stderr)];
    const step = work[failed.index - first];
    const msg =
      failed.change.summary === 'update the package lists'
        ? `Failed to update apt cache after ${args.update_cache_retries} retries: ${stderr || 'unknown reason'}`
        : step
          ? failure(args, step, stderr)
          : `${failed.change.summary} failed: ${stderr}`;
    return { failed: msg, result: { rc: failed.outcome.rc, stdout, stderr } };
  }
  const result: Record<string, Value> = {};
  let updated = false;
  if (before.updateDue) {
    const time = Number(
      textOf(outcomes[args.clean ? 1 : 0]?.stdout)
        .split('\n')
        .at(-1),
    );
    updated = time !== before.host.cacheTime;
    result['cache_updated'] = updated;
    result['cache_update_time'] = time;
  }
  const outputs = outcomes.slice(first);
  const text = outputs.map(({ stdout }) => stdout.toString('utf8')).join('');
  if (outputs.length > 0) {
    result['stdout'] = text;
    result['stderr'] = outputs.map(({ stderr }) => stderr.toString('utf8')).join('');
    result['diff'] = dict({ prepared: changesIn(text) });
  }
  if (args.upgrade !== 'no') result['msg'] = text;
  return { changed: changedBy(args, before, work, text, updated, changed ?? false), result };
}

function changedBy(
  args: AptArgs,
  before: AptBefore,
  work: readonly Step[],
  output: string,
  updated: boolean,
  planned: boolean,
): boolean {
  if (before.deb?.includes('://')) return !output.includes(unchanged);
  if (work.length > 0) return work.some(({ action }) => action === 'autoclean') || tellsOfChange(output);
  if (args.clean) return true;
  return before.updateDue && planned ? updated : planned;
}
