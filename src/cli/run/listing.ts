import { evaluatedTags } from '../../engine/executor/select.ts';
import { matchHosts } from '../../engine/inventory/patterns/match.ts';
import type { Play } from '../../engine/model/playbook.ts';
import { formatListing } from '../../engine/playbook/print.ts';
import { evaluate } from '../../engine/template/compile.ts';
import { pyStr } from '../../engine/template/values.ts';
import { gathered } from '../../engine/vars/inherit.ts';
import type { Parsed } from '../options.ts';
import type { Prepared } from './execute.ts';

export function wantsList(options: Parsed): boolean {
  return options.on('list-hosts') || options.on('list-tasks') || options.on('list-tags');
}

/** --list-hosts, --list-tasks and --list-tags. */
export function list(path: string, plays: readonly Play[], prepared: Prepared): string {
  const { settings, variables, options } = prepared;
  const scope = variables.commandLineScope();
  return formatListing(path, plays, {
    tasks: options.on('list-tasks'),
    tags: options.on('list-tags'),
    only: settings.tags,
    skip: settings.skipTags,
    tagsOf: (play, item) => evaluatedTags(item ? gathered(item, play, 'tags') : (play.keywords.tags ?? []), scope),
    textOf: (_play, raw) => pyStr(evaluate(raw, scope)),
    hostsOf: options.on('list-hosts') ? (play) => hostsOfPlay(play, prepared) : undefined,
  });
}

/** Names of the hosts that a play is for, as far as that is known before anything runs. */
export function hostsOfPlay(play: Play, { settings, variables }: Pick<Prepared, 'settings' | 'variables'>): string[] {
  const value = evaluate(play.hosts, variables.commandLineScope());
  const pattern = (Array.isArray(value) ? value : [value]).map(pyStr).join(',');
  return matchHosts(variables.store.inventory, pattern, { limit: settings.limit });
}
