import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import type { Action, AptOptions } from './commands.ts';
import { type Decision, decideInstall, decideRemove } from './decide.ts';
import { type AptState, inspectPackages, type Simulation, simulate } from './inspect.ts';
import { compareVersions } from './version.ts';

export interface AptArgs extends AptOptions {
  readonly package: readonly string[] | null;
  readonly state: 'absent' | 'build-dep' | 'fixed' | 'latest' | 'present';
  readonly update_cache: boolean | null;
  readonly update_cache_retries: number;
  readonly update_cache_retry_max_delay: number;
  readonly cache_valid_time: number;
  readonly deb: string | null;
  readonly upgrade: 'dist' | 'full' | 'no' | 'safe' | 'yes';
  readonly autoclean: boolean;
  readonly clean: boolean;
}

/** One call of apt-get that the task comes to, and what it would do as far as that can be known. */
export interface Step {
  readonly action: Action;
  readonly packages: readonly string[];
  readonly fixBroken?: boolean;
  /** Undefined if the lists are updated first, which makes it worthless. */
  readonly simulation?: Simulation;
  /** Then this: what it would do by the lists as they are now. Good enough to tell which packages are new. */
  readonly staleSimulation?: Simulation;
}

/** What was found out about the task before anything is done. */
export interface AptBefore {
  readonly failed?: string;
  readonly host: AptState;
  /** The lists are too old. */
  readonly updateDue: boolean;
  readonly steps: readonly Step[];
  readonly markManual: readonly string[];
  /** A package file that is not installed yet, and why it cannot be if so. */
  readonly deb?: string;
}

/** Works out which calls of apt-get are needed, and lets apt-get itself tell what they would do. */
export async function inspectApt(host: HostView, args: AptArgs): Promise<AptBefore> {
  const names = (args.package ?? []).map((name) => name.trim()).filter((name) => name !== '');
  const all = names.includes('*');
  const packages = names.filter((name) => name !== '*');
  const state = await inspectPackages(host, packages, {
    latest: args.state === 'latest',
    absent: args.state === 'absent',
    release: args.default_release,
  });
  const wanted = args.update_cache === true || args.cache_valid_time > 0;
  const updateDue = wanted && state.cacheTime + args.cache_valid_time < state.now;
  const base = { host: state, updateDue, steps: [], markManual: [] };
  const problem = badRequest(args, packages, all);
  if (problem !== undefined) return { ...base, failed: problem };
  if (args.deb !== null) return { ...base, ...(await inspectDeb(host, args)) };
  const decision = decide(args, state, packages, updateDue, all);
  if ('failed' in decision) return { ...base, failed: decision.failed };
  const steps = await Promise.all(
    decision.steps.map(async (step) => {
      if (updateDue && step.action !== 'install') return step;
      const found = await simulate(host, step.action, step.packages, args, step.fixBroken);
      return updateDue ? { ...step, staleSimulation: found } : { ...step, simulation: found };
    }),
  );
  return { ...base, steps, markManual: decision.markManual };
}

/** What of it does not change by itself: the clock does, and a timer updates the lists. */
export function lastingApt({ host: { now: _, cacheTime: __, ...host }, ...before }: AptBefore): unknown {
  return { ...before, host };
}

function badRequest(args: AptArgs, packages: readonly string[], all: boolean): string | undefined {
  const twice = packages.find((name) => name.split('=').length > 2);
  if (twice !== undefined) return `invalid package spec: ${twice}`;
  if (all && args.state === 'latest' && packages.length) {
    return 'unable to install additional packages when upgrading all installed packages';
  }
  if (args.deb !== null && args.state !== 'present') return 'deb only supports state=present';
  return undefined;
}

type Steps = { readonly steps: readonly Step[]; readonly markManual: readonly string[] } | { readonly failed: string };

function decide(
  args: AptArgs,
  state: AptState,
  packages: readonly string[],
  afterUpdate: boolean,
  all: boolean,
): Steps {
  const steps: Step[] = [];
  const upgradeAll = args.upgrade !== 'no' || (all && args.state === 'latest');
  if (upgradeAll) {
    const full = args.upgrade === 'dist' || args.upgrade === 'full';
    return { steps: [{ action: full ? 'dist-upgrade' : 'upgrade', packages: [] }], markManual: [] };
  }
  if (packages.length === 0) {
    if (args.autoclean) steps.push({ action: 'autoclean', packages: [] });
    else if (args.autoremove) steps.push({ action: 'autoremove', packages: [] });
    return { steps, markManual: [] };
  }
  const removing = args.state === 'absent';
  const decision: Decision = removing
    ? decideRemove(state, args.purge)
    : decideInstall(state, {
        latest: args.state === 'latest',
        onlyUpgrade: args.only_upgrade,
        buildDep: args.state === 'build-dep',
        afterUpdate,
      });
  if ('failed' in decision) return decision;
  if (decision.packages.length) {
    const action = removing ? 'remove' : args.state === 'build-dep' ? 'build-dep' : 'install';
    steps.push({ action, packages: decision.packages, fixBroken: args.state === 'fixed' });
  }
  return { steps, markManual: decision.markManual };
}

/** A package file on the host, compared with what is installed. One at a URL is not known before it is fetched. */
async function inspectDeb(host: HostView, args: AptArgs): Promise<Partial<AptBefore>> {
  const deb = args.deb!;
  if (deb.includes('://')) return { deb };
  const { rc, stdout, stderr } = await host.query(
    sh`n=$(dpkg-deb -f ${deb} Package) || exit 1; echo "$n"; dpkg-deb -f ${deb} Version
dpkg-query -W -f '$'{db:Status-Abbrev}'|$'{Version} -- "$n" 2>/dev/null; :`,
  );
  if (rc !== 0) return { failed: `Unable to install package: ${stderr.toString('utf8').trim()}` };
  const [, version = '', installed = ''] = stdout.toString('utf8').split('\n');
  const [status = '', present] = installed.split('|');
  if (status.startsWith('ii') && compareVersions(version, present!) === 0) return {};
  const path = deb.startsWith('/') ? deb : `./${deb}`;
  return {
    deb: path,
    steps: [{ action: 'install', packages: [path], simulation: await simulate(host, 'install', [path], args) }],
  };
}
