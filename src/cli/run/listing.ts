import { frameOf } from '../../engine/executor/play-frame.ts';
import { evaluatedTags } from '../../engine/executor/select.ts';
import { rendered } from '../../engine/executor/task-name.ts';
import { matchHosts } from '../../engine/inventory/patterns/match.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { OMIT, type Raw, type Scope, type Value } from '../../engine/model/value.ts';
import { formatListing } from '../../engine/playbook/print.ts';
import { evaluate } from '../../engine/template/compile.ts';
import { pyStr } from '../../engine/template/values.ts';
import { gathered } from '../../engine/vars/inherit.ts';
import type { Parsed } from '../options.ts';
import type { Prepared } from './prepare.ts';
import { runSettings } from './run-settings.ts';

export function wantsList(options: Parsed): boolean {
  return options.on('list-hosts') || options.on('list-tasks') || options.on('list-tags');
}

/** --list-hosts, --list-tasks and --list-tags. */
export function list(path: string, plays: readonly Play[], prepared: Prepared): string {
  const { settings, options } = prepared;
  const scope = scopesOfPlays(prepared);
  return formatListing(path, plays, {
    tasks: options.on('list-tasks'),
    tags: options.on('list-tags'),
    only: settings.tags,
    skip: settings.skipTags,
    tagsOf: (play, item) =>
      evaluatedTags(item ? gathered(item, play, 'tags') : (play.keywords.tags ?? []), scope(play)),
    nameOf: (play, raw) => rendered(raw, scope(play)),
    patternOf: (play, raw) => patternText(evaluate(raw, scope(play))),
    hostsOf: options.on('list-hosts') ? (play) => hostsOfPlay(play, scope(play), prepared) : undefined,
  });
}

/** A play whose hosts are omitted has none. */
function patternText(value: Value): string {
  return value === OMIT ? '' : pyStr(value);
}

/** What is known of each play's variables before anything runs: nobody is asked, so prompts have their defaults. */
export function scopesOfPlays(prepared: Prepared): (play: Play) => Scope {
  const scopes = new Map<Play, Scope>();
  return (play) => {
    const known = scopes.get(play);
    if (known) return known;
    const prompts = new Map(play.varsPrompt.map((prompt): [string, Raw] => [prompt.name, prompt.default ?? null]));
    const scope = prepared.variables.playScope(frameOf(play, runSettings(prepared), { prompts }));
    scopes.set(play, scope);
    return scope;
  };
}

/** Names of the hosts that a play is for. Throws TsplayError if that cannot be known yet. */
export function hostsOfPlay(play: Play, scope: Scope, { settings, variables }: Prepared): string[] {
  const value = evaluate(play.hosts, scope);
  const pattern = (Array.isArray(value) ? value : [value]).map(pyStr).join(',');
  return matchHosts(variables.store.inventory, pattern, { limit: settings.limit });
}
