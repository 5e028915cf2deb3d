import { existsSync } from 'node:fs';
import type { Position } from '../model/source.ts';
import { findInCollection, splitFullName } from './collections.ts';
import { resolveModule } from './content/resolve.ts';
import { problem } from './problem.ts';
import type { Site } from './site.ts';
import type { ActionInfo } from './types.ts';

/** An action that content may rightly name and that cannot be run here. */
export interface UnavailableAction extends ActionInfo {
  /** Why not, as what is said of the module: `is not built in`. */
  readonly unavailable: string;
}

/**
 * A module of the content that is in Python, or one that is known and not built in: roles name them under conditions
 * that are never true here (`dnf` for other systems), so they fail only where they are reached. Throws TsplayError for
 * one that its collection has removed.
 */
export function unavailableAction(
  site: Site,
  written: string,
  collections: readonly string[],
  position: Position,
): UnavailableAction | undefined {
  const { foreign, removed } = resolveModule(site, written, collections);
  if (removed !== undefined) throw problem(removed, position);
  if (foreign !== undefined) return refused(written, `${foreign}; write it anew as docs/extending.md says`);
  const names = written.includes('.') ? [written] : [written, ...collections.map((each) => `${each}.${written}`)];
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
