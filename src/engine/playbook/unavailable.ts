import { existsSync } from 'node:fs';
import { findInCollection, splitFullName } from './collections.ts';
import { pythonModule } from './plugins.ts';
import type { Site } from './site.ts';
import type { ActionInfo } from './types.ts';

/** An action that content may rightly name and that cannot be run here. */
export interface UnavailableAction extends ActionInfo {
  /** Why not, as what is said of the module: `is not built in`. */
  readonly unavailable: string;
}

/**
 * A module in Python beside the content, or one that is known and not built in: roles name them under conditions that
 * are never true here (`dnf` for other systems), so they fail only where they are reached.
 */
export function unavailableAction(
  site: Site,
  written: string,
  collections: readonly string[],
): UnavailableAction | undefined {
  const names = written.includes('.') ? [written] : [written, ...collections.map((each) => `${each}.${written}`)];
  const python = names.map((name) => pythonModule(site, name)).find((path) => path !== undefined);
  if (python) return refused(written, `is in Python (${python}), which tsplay does not run`);
  const known = names.filter((name) => !lacks(site, name));
  const home = known.map((name) => site.loader.options.actions.knownIn?.(name)).find((each) => each !== undefined);
  if (home === undefined) return undefined;
  return refused(written, written.includes('.') ? 'is not built in' : `of ${home} is not built in`);
}

function refused(name: string, unavailable: string): UnavailableAction {
  return { name, freeForm: 'text', args: {}, unavailable };
}

/** A collection that is installed, and has no such module. */
function lacks(site: Site, name: string): boolean {
  const full = splitFullName(name);
  const folder = full && findInCollection(site, full.collection, 'plugins', 'modules');
  return folder !== undefined && existsSync(folder);
}
