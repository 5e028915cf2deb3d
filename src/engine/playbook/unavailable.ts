import { existsSync } from 'node:fs';
import { findInCollection, splitFullName } from './collections.ts';
import { pythonModule } from './plugins.ts';
import type { Site } from './site.ts';
import type { ActionInfo } from './types.ts';

/** An action that content may rightly name and that cannot be run here. */
export interface UnavailableAction extends ActionInfo {
  /** Why not, for messages. */
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
  if (python) return refused(written, `${python} is a module in Python, which tsplay does not run`);
  if (names.some((name) => site.loader.options.actions.isKnown?.(name) && !lacks(site, name))) {
    return refused(written, `the module "${written}" is not built in`);
  }
  return undefined;
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
