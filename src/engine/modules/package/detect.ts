import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';

export type ManagerName = 'apt' | 'dnf' | 'zypper' | 'apk' | 'pacman' | 'opkg' | 'xbps';

const programs: readonly (readonly [program: string, name: ManagerName])[] = [
  ['apt-get', 'apt'],
  ['dnf5', 'dnf'],
  ['dnf', 'dnf'],
  ['yum', 'dnf'],
  ['zypper', 'zypper'],
  ['apk', 'apk'],
  ['pacman', 'pacman'],
  ['opkg', 'opkg'],
  ['xbps-install', 'xbps'],
];

/** The package manager of a host: Debian's where there are several, as elsewhere it is only a guest. */
export async function detectManager(host: HostView): Promise<ManagerName | undefined> {
  const names = programs.map(([program]) => program);
  const { stdout } = await host.query(
    sh`for p in ${names}; do ! command -v "$p" >/dev/null || { echo "$p"; break; }; done; :`,
  );
  const found = stdout.toString('utf8').trim();
  return programs.find(([program]) => program === found)?.[1];
}

/** The name of ours for what `use` says. */
export function managerNamed(use: string): ManagerName | undefined {
  const short = use
    .split('.')
    .at(-1)!
    .replace(/^(yum|dnf4|dnf5)$/, 'dnf');
  return programs.find(([, name]) => name === short)?.[1];
}
