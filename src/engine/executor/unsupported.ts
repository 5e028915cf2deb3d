import { TsplayError } from '../model/errors.ts';
import type { Block, Item, Play } from '../model/playbook.ts';

/** Refuses, before any host is touched, what the language has and tsplay cannot do yet. */
export function refuseUnsupported(plays: readonly Play[]): void {
  for (const play of plays) {
    refuseDebugger(play);
    for (const block of [play.preTasks, ...play.roles, play.tasks, play.postTasks]) refuseIn(block);
    for (const item of play.handlers) refuseItem(item);
  }
}

/** The same for what an include brought. */
export function refuseIn({ items, rescue, always }: Block): void {
  for (const item of [...items, ...rescue, ...always]) refuseItem(item);
}

function refuseItem(item: Item): void {
  refuseDebugger(item);
  if (item.kind === 'block') refuseIn(item);
}

function refuseDebugger({ keywords, position }: Item | Play): void {
  if (keywords.debugger === undefined || keywords.debugger === 'never') return;
  throw new TsplayError('parse', 'the debugger is not supported', {
    position,
    hint: 'take debugger out; -vvv and register show what a task gave',
  });
}
