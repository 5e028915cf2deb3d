import { evaluatedTags } from '../../engine/executor/select.ts';
import { type UnsupportedModule, unsupportedModules } from '../../engine/executor/unsupported-modules.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { formatPosition } from '../../engine/model/source.ts';
import type { Scope } from '../../engine/model/value.ts';
import { loadPlaybook } from '../../engine/playbook/playbook.ts';
import { selected } from '../../engine/playbook/tags.ts';
import { gathered } from '../../engine/vars/inherit.ts';
import { hostsOfPlay, scopesOfPlays } from './listing.ts';
import { together } from './mistakes.ts';
import type { Playbook, Prepared } from './prepare.ts';

/** Reads playbooks. Throws one TsplayError that tells of all mistakes in them: the first in full, others a line each. */
export function readPlaybooks(paths: readonly string[], { loader }: Pick<Prepared, 'loader'>): Playbook[] {
  const { result, errors } = loader.gathering(() =>
    paths.map((path): Playbook => {
      let plays: readonly Play[] = [];
      loader.attempt(() => {
        plays = loadPlaybook(path, loader);
      });
      return { path, plays };
    }),
  );
  if (errors.length > 0) throw together(errors);
  return result;
}

/**
 * Tells of all modules at once that plays name and that are not supported: a warning, or, where a run would surely come
 * to one, an error. Every play counts as one that has hosts if only the syntax is checked.
 */
export function tellUnsupported(playbooks: readonly Playbook[], prepared: Prepared, syntaxOnly: boolean): void {
  const { settings, emit } = prepared;
  const scope = scopesOfPlays(prepared);
  const plays = playbooks.flatMap((playbook) => playbook.plays);
  const modules = unsupportedModules(plays, {
    play: (play) => syntaxOnly || hasHosts(play, scope(play), prepared),
    task: (play, task) =>
      selected(evaluatedTags(gathered(task, play, 'tags'), scope(play)), settings.tags, settings.skipTags),
  });
  if (modules.length === 0) return;
  const position = modules.find(({ certain }) => certain)?.certain;
  const what =
    modules.length === 1
      ? 'a module that is not supported is used'
      : `${modules.length} modules that are not supported are used`;
  if (position) {
    throw new TsplayError('parse', `${what}, and the run would come to this task`, {
      position,
      hint: 'tsplay cannot run all of this playbook; leave these tasks out (--skip-tags), or do their work with other modules',
      notes: table(modules),
    });
  }
  emit({ type: 'warning', message: `${what}; a task that is reached fails`, lines: table(modules) });
}

/** Whether hosts are known already: a pattern may need an answer or what an earlier play finds out. */
function hasHosts(play: Play, scope: Scope, prepared: Prepared): boolean {
  try {
    return hostsOfPlay(play, scope, prepared).length > 0;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return false;
  }
}

/** One line a module: its name, how many tasks name it, the first of them, and why it is not supported. */
function table(modules: readonly UnsupportedModule[]): string[] {
  const rows = modules.map(({ name, reason, places, certain }) => [
    name,
    `${places.length}x`,
    formatPosition(certain ?? places[0]!),
    reason,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
}
