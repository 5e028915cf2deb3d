import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import type { ServiceWish } from './plan.ts';

export type Manager = 'systemd' | 'openrc' | 'sysvinit';

/** A service of a host without systemd. */
export interface InitState {
  readonly manager: Manager;
  readonly exists: boolean;
  /** Undefined if its script cannot tell. */
  readonly running: boolean | undefined;
  readonly enabled: boolean;
}

/** Finds out who starts services; if it is not systemd, looks at the service too. */
export async function inspectInit(host: HostView, wish: ServiceWish): Promise<InitState> {
  const { name, runlevel, pattern } = wish;
  const script = sh`use=${wish.use}
if [ "$use" = auto ]; then
  if command -v systemctl >/dev/null && [ -d /run/systemd/system ]; then use=systemd
  elif [ -x /sbin/openrc ] || command -v rc-service >/dev/null; then use=openrc
  elif command -v systemctl >/dev/null && [ ! -e /etc/inittab ]; then use=systemd
  else use=sysvinit; fi; fi
echo "$use"; [ "$use" != systemd ] || exit 0
[ -x ${`/etc/init.d/${name}`} ] && echo yes || echo no
if [ -n ${pattern ?? ''} ]; then ps -ef 2>/dev/null | grep -F -- ${pattern ?? ''} | grep -vq 'grep -F' && echo 0 || echo 3
elif [ "$use" = openrc ]; then rc-service ${name} status >/dev/null 2>&1; echo $?
else LC_ALL=C ${`/etc/init.d/${name}`} status >/dev/null 2>&1; echo $?; fi
if [ "$use" = openrc ]; then rc-update show ${runlevel} 2>/dev/null | grep -q "^ *"${name}" *|" && echo boot
else for f in /etc/rc[2-5S].d/S??${name}; do [ ! -e "$f" ] || { echo boot; break; }; done; fi; :`;
  const { stdout } = await host.query(script);
  return readInit(stdout.toString('utf8'));
}

/** The states that a script's exit code stands for: 0 runs, 1 to 3 not, others tell nothing. */
export function readInit(output: string): InitState {
  const [manager, exists, status, boot] = output.split('\n');
  const code = Number(status);
  return {
    manager: manager === 'openrc' || manager === 'systemd' ? manager : 'sysvinit',
    exists: exists === 'yes',
    running: code === 0 ? true : code <= 3 ? false : undefined,
    enabled: boot === 'boot',
  };
}
