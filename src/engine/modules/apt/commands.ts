import type { Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';

/** What decides how apt-get is called; the module's arguments. */
export interface AptOptions {
  readonly default_release: string | null;
  readonly install_recommends: boolean | null;
  readonly force: boolean;
  readonly dpkg_options: string;
  readonly autoremove: boolean;
  readonly fail_on_autoremove: boolean;
  readonly policy_rc_d: number | null;
  readonly only_upgrade: boolean;
  readonly allow_unauthenticated: boolean;
  readonly allow_downgrade: boolean;
  readonly allow_change_held_packages: boolean;
  readonly lock_timeout: number;
  readonly purge: boolean;
}

// nothing may ask a question, and its words must be those that are read here
const environment = sh`export LC_ALL=C LANG=C LANGUAGE=C DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical`;

export type Action = 'install' | 'build-dep' | 'remove' | 'upgrade' | 'dist-upgrade' | 'autoremove' | 'autoclean';

/** The words of an apt-get call for `packages`. */
export function aptWords(
  action: Action,
  packages: readonly string[],
  options: AptOptions,
  fixBroken = false,
): string[] {
  const dpkg = options.dpkg_options
    .split(',')
    .filter((option) => option !== '')
    .flatMap((option) => ['-o', `Dpkg::Options::=--${option}`]);
  const installs = action === 'install' || action === 'build-dep';
  const upgrades = action === 'upgrade' || action === 'dist-upgrade';
  const flags: readonly (readonly [boolean, string])[] = [
    [options.force, '--force-yes'],
    [fixBroken, '--fix-broken'],
    [options.only_upgrade && installs, '--only-upgrade'],
    [options.autoremove && (action === 'install' || action === 'remove' || upgrades), '--auto-remove'],
    [options.fail_on_autoremove && (installs || upgrades), '--no-remove'],
    [options.purge && (action === 'remove' || action.startsWith('auto')), '--purge'],
    [options.allow_unauthenticated && (installs || upgrades), '--allow-unauthenticated'],
    [options.allow_downgrade && (installs || upgrades), '--allow-downgrades'],
    [options.allow_change_held_packages && (installs || action === 'remove'), '--allow-change-held-packages'],
    [action === 'upgrade', '--with-new-pkgs'],
  ];
  const recommends = options.install_recommends;
  return [
    '-y',
    ...dpkg,
    '-o',
    `DPkg::Lock::Timeout=${options.lock_timeout}`,
    ...flags.filter(([on]) => on).map(([, flag]) => flag),
    ...(recommends === null || !installs ? [] : ['-o', `APT::Install-Recommends=${recommends ? 'yes' : 'no'}`]),
    ...(options.default_release === null ? [] : ['-t', options.default_release]),
    action,
    ...packages,
  ];
}

// a simulation by root would still write the planner's problem to /var/log/apt/eipp.log.xz
const simulation = ['--simulate', '-o', 'Dir::Log::Planner=/dev/null'];

/** Calls apt-get; with `simulate` it only tells what it would do, and needs no lock. */
export function aptGet(words: readonly string[], simulate = false): Script {
  return join([environment, sh`apt-get ${simulate ? [...simulation, ...words] : words}`]);
}

/** While packages are configured, services may not start (or whatever the exit code says to invoke-rc.d). */
export function underPolicy(script: Script, policy: number | null): Script {
  if (policy === null) return script;
  return sh`p=/usr/sbin/policy-rc.d; saved=
if [ -e $p ]; then saved=$(mktemp /usr/sbin/.policy-rc.d.XXXXXX) && cp -p $p $saved || exit 1; fi
restore() { if [ -n "$saved" ]; then mv -f "$saved" $p; else rm -f $p; fi; }
trap restore EXIT
printf '#!/bin/sh\nexit %d\n' ${policy} >$p && chmod 775 $p || exit 1
${script}`;
}

const stamp = sh`stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %Y /var/lib/apt/lists 2>/dev/null || echo 0`;

/** Prints the time of the last update of the package lists, in seconds since the epoch; 0 if there was none. */
export const cacheTime = stamp;

/** Updates the package lists, trying again with longer and longer pauses. Prints the lists' time last. */
export function updateCache(retries: number, maxDelay: number): Script {
  const call = sh`apt-get -q -o APT::Update::Error-Mode=any update 2>&1`;
  return join(
    [
      environment,
      sh`delay=1; try=0; while :; do try=$((try + 1)); output=$(${call}) && break
[ $try -lt ${retries} ] || { printf '%s\n' "$output" >&2; exit 1; }
sleep $delay; delay=$((delay * 2)); [ $delay -le ${maxDelay} ] || delay=${maxDelay}; done
${stamp}`,
    ],
    '\n',
  );
}
