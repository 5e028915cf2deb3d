import { TsplayError } from '../../engine/model/errors.ts';
import type { Block, Item, Play } from '../../engine/model/playbook.ts';
import { taskName } from '../../engine/playbook/print.ts';
import { shellPattern } from '../../engine/template/shell-pattern.ts';
import type { Playbook } from './prepare.ts';

/** Playbooks without the tasks before the first of that name (or glob); gathering of facts stays. */
export function startAt(playbooks: readonly Playbook[], name: string): Playbook[] {
  let reached = false;
  const wanted = matcher(name);
  const rest = (items: readonly Item[]): Item[] =>
    items.flatMap((item): Item[] => {
      if (reached) return [item];
      if (item.kind === 'task') {
        reached =
          wanted(item.keywords.name === undefined ? item.written : taskName(item).replace(/^.* : /, '')) ||
          wanted(taskName(item));
        return reached ? [item] : [];
      }
      const left = rest(item.items);
      return left.length > 0 ? [{ ...item, items: left }] : [];
    });
  const block = (one: Block): Block => ({ ...one, items: rest(one.items) });
  const cutPlay = (play: Play): Play[] => {
    const cut = {
      ...play,
      preTasks: block(play.preTasks),
      roles: play.roles.map(block),
      tasks: block(play.tasks),
      postTasks: block(play.postTasks),
    };
    return reached ? [cut] : [];
  };
  const started = playbooks.map(({ path, plays }) => ({ path, plays: plays.flatMap(cutPlay) }));
  if (reached) return started;
  throw new TsplayError('usage', `no task is named '${name}'`, { hint: 'tsplay run --list-tasks shows the names' });
}

function matcher(name: string): (candidate: string) => boolean {
  const expression = shellPattern(name);
  return (candidate) => candidate === name || expression.test(candidate);
}
