import { TsplayError } from '../../model/errors.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';

export interface Port {
  readonly host: string;
  readonly port: number;
  /** Seconds that a connection may take. */
  readonly timeout: number;
}

/**
 * Connects from the host, with whatever it has: bash, nc, curl. Without any of them a port of the host itself is looked
 * up in the kernel's table. `isOpen` is undefined where none of these can tell.
 */
export async function isOpen(view: HostView, { host, port, timeout }: Port): Promise<boolean> {
  const connect = 'exec 3<>/dev/tcp/"$1"/"$2"';
  const table = port.toString(16).toUpperCase().padStart(4, '0');
  const script = sh`if command -v bash >/dev/null 2>&1; then timeout ${timeout} bash -c ${connect} - ${host} ${port} 2>/dev/null
elif command -v nc >/dev/null 2>&1; then nc -w ${timeout} ${host} ${port} </dev/null >/dev/null 2>&1
elif command -v curl >/dev/null 2>&1; then timeout ${timeout} curl -s --connect-timeout ${timeout} telnet://${host}:${port} </dev/null >/dev/null 2>&1; [ $? -ne 7 ]
else case ${host} in 127.*|localhost|::1|0.0.0.0) cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ l _ s _; do case $l-$s in *:${table}-0A) echo y; break;; esac; done | grep -q y;; *) exit 96;; esac; fi`;
  const done = await view.query(sh`( ${script} )`, { timeout: timeout + 30 });
  if (done.rc === 96) {
    throw new TsplayError('module', `the host has nothing to try ${host}:${port} with`, {
      hint: 'install bash, nc or curl on it',
    });
  }
  return done.rc === 0;
}

/** What a port says within `timeout` seconds of connecting; undefined if it cannot be reached. */
export async function readPort(view: HostView, { host, port, timeout }: Port): Promise<Buffer | undefined> {
  const talk = 'exec 3<>/dev/tcp/"$1"/"$2" || exit 7; cat <&3';
  const script = sh`if command -v bash >/dev/null 2>&1; then timeout ${timeout} bash -c ${talk} - ${host} ${port} 2>/dev/null; elif command -v nc >/dev/null 2>&1; then timeout ${timeout} nc ${host} ${port} </dev/null 2>/dev/null; else exit 96; fi`;
  const done = await view.query(sh`( ${script} )`, { timeout: timeout + 30 });
  if (done.rc === 96) {
    throw new TsplayError('module', `the host has nothing to read ${host}:${port} with`, {
      hint: 'install bash or nc on it',
    });
  }
  return done.rc === 7 ? undefined : done.stdout;
}
