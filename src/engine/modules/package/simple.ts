import type { Change, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import type { ManagerName } from './detect.ts';

/** How a package manager is told what to do, where names alone matter. */
interface Manager {
  /** Prints the names of those words of `"$@"` that are installed, one a line. */
  readonly installed: Script;
  install(names: readonly string[]): Script;
  upgrade(names: readonly string[]): Script;
  remove(names: readonly string[]): Script;
  /** Prints the names of those words of `"$@"` that have a newer version. */
  readonly outdated: Script;
}

const rpmInstalled = sh`for n; do ! rpm -q --whatprovides -- "$n" >/dev/null 2>&1 || echo "$n"; done`;

const managers: Readonly<Record<Exclude<ManagerName, 'apt'>, Manager>> = {
  dnf: {
    installed: rpmInstalled,
    install: (names) => sh`$(command -v dnf || command -v dnf5 || command -v yum) -y install ${names}`,
    upgrade: (names) =>
      sh`$(command -v dnf || command -v dnf5 || command -v yum) -y install ${names} && $(command -v dnf || command -v dnf5 || command -v yum) -y upgrade ${names}`,
    remove: (names) => sh`$(command -v dnf || command -v dnf5 || command -v yum) -y remove ${names}`,
    outdated: sh`for n; do $(command -v dnf || command -v dnf5 || command -v yum) -q check-upgrade -- "$n" >/dev/null 2>&1; [ $? -ne 100 ] || echo "$n"; done`,
  },
  zypper: {
    installed: rpmInstalled,
    install: (names) => sh`zypper --non-interactive install -- ${names}`,
    upgrade: (names) => sh`zypper --non-interactive install -- ${names} && zypper --non-interactive update -- ${names}`,
    remove: (names) => sh`zypper --non-interactive remove -- ${names}`,
    outdated: sh`list=$(zypper --non-interactive list-updates); for n; do case $list in *"| $n "*) echo "$n";; esac; done`,
  },
  apk: {
    installed: sh`for n; do ! apk info -e -- "$n" >/dev/null 2>&1 || echo "$n"; done`,
    install: (names) => sh`apk add -- ${names}`,
    upgrade: (names) => sh`apk add --upgrade -- ${names}`,
    remove: (names) => sh`apk del -- ${names}`,
    outdated: sh`apk version -l '<' -- "$@" 2>/dev/null | sed -n 's/^\(.*\)-[0-9][^ ]* *<.*/\1/p'`,
  },
  pacman: {
    installed: sh`for n; do ! pacman -Q -- "$n" >/dev/null 2>&1 || echo "$n"; done`,
    install: (names) => sh`pacman --noconfirm --needed -S -- ${names}`,
    upgrade: (names) => sh`pacman --noconfirm --needed -S -- ${names}`,
    remove: (names) => sh`pacman --noconfirm -R -- ${names}`,
    outdated: sh`pacman -Qqu -- "$@" 2>/dev/null`,
  },
  opkg: {
    installed: sh`for n; do [ -z "$(opkg list-installed "$n")" ] || echo "$n"; done`,
    install: (names) => sh`opkg install ${names}`,
    upgrade: (names) => sh`opkg upgrade ${names}`,
    remove: (names) => sh`opkg remove ${names}`,
    outdated: sh`list=$(opkg list-upgradable); for n; do case $list in *"$n - "*) echo "$n";; esac; done`,
  },
  xbps: {
    installed: sh`for n; do ! xbps-query -- "$n" >/dev/null 2>&1 || echo "$n"; done`,
    install: (names) => sh`xbps-install -y ${names}`,
    upgrade: (names) => sh`xbps-install -yu ${names}`,
    remove: (names) => sh`xbps-remove -y ${names}`,
    outdated: sh`list=$(xbps-install -un); for n; do case $list in *"$n-"*) echo "$n";; esac; done`,
  },
};

export type PackageWish = 'present' | 'latest' | 'absent';

export interface SimpleState {
  readonly manager: Exclude<ManagerName, 'apt'>;
  readonly installed: readonly string[];
  readonly outdated: readonly string[];
}

export async function inspectSimple(
  host: HostView,
  manager: Exclude<ManagerName, 'apt'>,
  names: readonly string[],
  wish: PackageWish,
): Promise<SimpleState> {
  const { installed, outdated } = managers[manager];
  const newer = wish === 'latest' ? outdated : sh`:`;
  const { stdout } = await host.query(sh`LC_ALL=C; export LC_ALL; set -- ${names}
${installed}
echo ---
${newer}`);
  const [present = '', older = ''] = stdout.toString('utf8').split('---\n');
  return { manager, installed: present.split('\n'), outdated: older.split('\n') };
}

export function planSimple(names: readonly string[], wish: PackageWish, state: SimpleState): Plan {
  const manager = managers[state.manager];
  const present = (name: string) => state.installed.includes(name);
  const changes: Change[] = [];
  if (wish === 'absent') {
    const unwanted = names.filter(present);
    if (unwanted.length) {
      const undo = manager.install(unwanted);
      changes.push(runChange(`remove ${unwanted.join(' ')}`, manager.remove(unwanted), { undo }));
    }
    return { changes };
  }
  const missing = names.filter((name) => !present(name));
  if (missing.length) {
    const undo = manager.remove(missing);
    changes.push(runChange(`install ${missing.join(' ')}`, manager.install(missing), { undo }));
  }
  const old = names.filter((name) => present(name) && state.outdated.includes(name));
  if (old.length) changes.push(runChange(`upgrade ${old.join(' ')}`, manager.upgrade(old)));
  return { changes };
}

export function reportSimple(changes: readonly Change[], outcomes: readonly Outcome[]): Partial<Plan> {
  const stdout = outcomes.map((outcome) => outcome.stdout.toString('utf8')).join('');
  const stderr = outcomes.map((outcome) => outcome.stderr.toString('utf8')).join('');
  const failure = failedChange(changes, outcomes);
  const result = { rc: failure?.outcome.rc ?? 0, stdout, stderr };
  if (!failure) return { result };
  return {
    failed: `${failure.change.summary} failed: ${textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout)}`,
    result,
  };
}
