import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import type { Wanted } from './wanted.ts';

/** Warnings of wanted owners that the host does not know yet. */
export async function missingAccounts(host: HostView, { owner, group }: Wanted): Promise<string[]> {
  const [user, team] = await Promise.all([
    owner === undefined ? undefined : missing(host, 'passwd', 'user', 'uid', owner),
    group === undefined ? undefined : missing(host, 'group', 'group', 'gid', group),
  ]);
  return [user, team].filter((warning) => warning !== undefined);
}

async function missing(
  host: HostView,
  table: 'passwd' | 'group',
  word: 'user' | 'group',
  number: 'uid' | 'gid',
  name: string,
): Promise<string | undefined> {
  const file = `/etc/${table}`;
  const scan = sh`while IFS=: read -r n _ i _; do case ${name} in "$n"|"$i") exit 0;; esac; done <${file}`;
  const found = await host.query(sh`( getent ${table} ${name} >/dev/null 2>&1 && exit 0; ${scan}; exit 2 )`);
  if (found.rc === 0) return undefined;
  const called = /^\d+$/.test(name) ? `${word} with ${number} ${name}` : `${word} ${name}`;
  return `failed to look up ${called}. Create ${word} up to this point in real play`;
}
