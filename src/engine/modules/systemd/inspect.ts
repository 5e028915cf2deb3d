import type { Script } from '../../model/script.ts';
import { join, sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { parseShow } from './show.ts';

export type Scope = 'system' | 'user' | 'global';

/** A unit as systemd knows it. */
export interface UnitState {
  /** `systemctl show`, by property. Empty if systemd did not answer. */
  readonly properties: ReadonlyMap<string, string>;
  /** Word of `systemctl is-enabled`: `enabled`, `disabled`, `static`, `masked`, ... */
  readonly enablement: string;
  /** Links that start it at boot were listed: for `indirect` and `alias` these alone tell that it is enabled. */
  readonly hasTargets: boolean;
  /** It has a unit file, or systemd makes one for it. */
  readonly hasUnit: boolean;
  readonly hasInitScript: boolean;
  /** It is started at boot by links in /etc/rc?.d. */
  readonly hasBootLinks: boolean;
  /** systemd does not run here: a chroot, an image being built. */
  readonly offline: boolean;
}

const mark = '\x1e\n';

/** `systemctl` with the options of its scope. */
export function systemctl(scope: Scope, options: readonly string[] = []): Script {
  const words = [...(scope === 'system' ? [] : [`--${scope}`]), ...options];
  const call = sh`systemctl ${words}`;
  // a user's manager is found by this variable, which a session without login does not have
  return scope === 'system'
    ? call
    : join([sh`{ [ -n "$XDG_RUNTIME_DIR" ] || export XDG_RUNTIME_DIR=/run/user/$(id -u); }`, call], ' && ');
}

/**
 * Looks at one unit in one round trip. Where `show` does not tell whether it is enabled (init scripts, templates,
 * aliases), is-enabled is asked too.
 */
export async function inspectUnit(host: HostView, unit: string, scope: Scope): Promise<UnitState> {
  const ctl = systemctl(scope);
  const script = sh`LC_ALL=C; export LC_ALL
shown=$(${ctl} show -- ${unit} 2>&1); printf '%s\n\036\n' "$shown"
state=; while IFS= read -r line; do case $line in UnitFileState=*) state=$line; break;; esac; done <<END
$shown
END
case $state in UnitFileState=enabled|UnitFileState=disabled|UnitFileState=static|UnitFileState=masked) ;;
*) state=UnitFileState=$(${ctl} is-enabled -l -- ${unit} 2>&1);; esac
printf '%s\n\036\n' "$state"
[ ! -x ${`/etc/init.d/${unit}`} ] || echo init
for f in /etc/rc[S5].d/S??${unit}; do [ ! -e "$f" ] || { echo boot; break; }; done
[ -d /run/systemd/system ] && [ "$SYSTEMD_OFFLINE" != 1 ] || echo offline`;
  const { stdout } = await host.query(script);
  return readUnit(stdout.toString('utf8'));
}

/** What a unit's state is, from the script's output. */
export function readUnit(output: string): UnitState {
  const [shown = '', state = '', rest = ''] = output.split(mark);
  const properties = parseShow(shown);
  const flags = new Set(rest.split('\n'));
  const load = properties.get('LoadState');
  const [enablement = '', ...targets] = state.slice('UnitFileState='.length).trim().split('\n');
  return {
    properties,
    enablement,
    hasTargets: targets.length > 0,
    hasUnit: load === undefined ? knownWords.has(enablement) : load !== 'not-found',
    hasInitScript: flags.has('init'),
    hasBootLinks: flags.has('boot'),
    offline: flags.has('offline'),
  };
}

/** What of a unit does not change by itself, as times, process ids and what it uses do. */
const LASTING = [
  'LoadState',
  'LoadError',
  'ActiveState',
  'SubState',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
];

export function lastingState({ properties, ...unit }: UnitState): unknown {
  return { ...unit, properties: LASTING.map((name) => properties.get(name) ?? null) };
}

const knownWords = new Set([
  'enabled',
  'enabled-runtime',
  'linked',
  'linked-runtime',
  'masked',
  'masked-runtime',
  'static',
  'indirect',
  'disabled',
  'generated',
  'transient',
]);

const enabledWords = new Set(['enabled', 'static', 'generated', 'transient']);
const enabledByTargets = new Set(['enabled-runtime', 'indirect', 'alias']);

/** Whether it is started at boot, as far as it can be. */
export function isEnabled(unit: UnitState, scope: Scope): boolean {
  if (enabledWords.has(unit.enablement)) return true;
  if (enabledByTargets.has(unit.enablement)) return unit.hasTargets;
  if (unit.enablement === 'disabled' || scope !== 'system') return false;
  return unit.hasInitScript && unit.hasBootLinks;
}
