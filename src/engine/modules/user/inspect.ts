import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import {
  type GroupEntry,
  type PasswdEntry,
  parseGroup,
  parsePasswd,
  parseShadow,
  type ShadowEntry,
} from './accounts.ts';
import type { UserArgs } from './args.ts';

/** An account as the host has it. */
export interface UserState {
  readonly user?: PasswdEntry;
  readonly shadow?: ShadowEntry;
  readonly groups: readonly GroupEntry[];
  readonly homeExists: boolean;
  readonly nodename: string;
  /** Only busybox's adduser is there. */
  readonly busybox: boolean;
  /** Its SSH key, if there is one and it was asked for. */
  readonly key?: { readonly fingerprint: string; readonly publicKey: string };
}

const mark = '\x1e\n';

export async function inspectUser(host: HostView, args: UserArgs): Promise<UserState> {
  const { name } = args;
  const local = args.local === true ? 'y' : '';
  const keyFile = args.ssh_key_file ?? `.ssh/id_${args.ssh_key_type}`;
  const { stdout } = await host.query(sh`n=${name}; local=${local}; command -v getent >/dev/null || local=y
look() { if [ -z "$local" ]; then getent "$1" "$n"; else grep "^$n:" "/etc/$1" 2>/dev/null; fi; }
entry=$(look passwd); printf '%s\n\036\n' "$entry"
look shadow 2>/dev/null; printf '\036\n'
if [ -z "$local" ]; then getent group; else cat /etc/group; fi; printf '\036\n'
uname -n; command -v useradd >/dev/null || echo busybox
home=${args.home ?? ''}; if [ -z "$home" ]; then home=$(printf '%s\n' "$entry" | cut -d: -f6); fi
[ -z "$home" ] || [ ! -d "$home" ] || echo home
printf '\036\n'
if [ -n ${args.generate_ssh_key ? 'y' : ''} ]; then key=${keyFile}; case $key in /*) ;; *) key=$(printf '%s\n' "$entry" | cut -d: -f6)/$key;; esac
[ ! -f "$key" ] || { ssh-keygen -l -f "$key" 2>/dev/null || echo; cat "$key.pub" 2>/dev/null; }; fi; :`);
  return readUser(stdout.toString('utf8'));
}

export function readUser(output: string): UserState {
  const [entry = '', shadow = '', groups = '', flags = '', key = ''] = output.split(mark);
  const user = parsePasswd(entry.split('\n')[0]!);
  const hidden = parseShadow(shadow.split('\n')[0]!);
  const [nodename = '', ...rest] = flags.split('\n');
  const [fingerprint, ...publicKey] = key.split('\n');
  return {
    ...(user && { user }),
    ...(hidden && { shadow: hidden }),
    groups: groups.split('\n').flatMap((line) => parseGroup(line) ?? []),
    homeExists: rest.includes('home'),
    nodename,
    busybox: rest.includes('busybox'),
    ...(fingerprint !== undefined && key !== '' && { key: { fingerprint, publicKey: publicKey.join('\n').trim() } }),
  };
}
