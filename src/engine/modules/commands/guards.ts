import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';

/** What `creates`, `removes` and `chdir` say of a command before it runs. */
export interface Guards {
  readonly chdir: string | null;
  readonly creates: string | null;
  readonly removes: string | null;
}

/** What the host answered. `undefined` where nothing was asked. */
export interface GuardState {
  readonly created: boolean | undefined;
  readonly removable: boolean | undefined;
}

/** One round trip, or none when there is nothing to look at. */
export async function inspectGuards(host: HostView, { chdir, creates, removes }: Guards): Promise<GuardState> {
  const [created, removable] = await Promise.all([
    creates === null ? undefined : matchesAny(host, creates, chdir),
    removes === null ? undefined : matchesAny(host, removes, chdir),
  ]);
  return { created, removable };
}

/**
 * Whether a pattern with `*`, `?` and `[...]` matches anything. The pattern is a quoted value; the shell expands
 * file names in it, and nothing else, since it is only ever the expansion of a variable.
 */
async function matchesAny(host: HostView, pattern: string, folder: string | null): Promise<boolean> {
  const enter = folder === null ? sh`:` : sh`cd -P -- ${folder} 2>/dev/null || exit 1`;
  const script = sh`${enter}; p=${pattern}; IFS=; set +f; for f in $p; do if [ -e "$f" ] || [ -L "$f" ]; then exit 0; fi; done; exit 1`;
  return (await host.query(sh`( ${script} )`)).rc === 0;
}

/** Why the command need not run, as Ansible says it; undefined if it has to. */
export function guardMessage(
  guards: Guards,
  state: GuardState,
  checkMode: boolean,
): { readonly msg: string; readonly stdout: string } | undefined {
  const verb = checkMode ? 'Would' : 'Did';
  if (state.created) {
    return {
      msg: `${verb} not run command since '${guards.creates}' exists`,
      stdout: `skipped, since ${guards.creates} exists`,
    };
  }
  if (state.removable !== false) return undefined;
  return {
    msg: `${verb} not run command since '${guards.removes}' does not exist`,
    stdout: `skipped, since ${guards.removes} does not exist`,
  };
}
