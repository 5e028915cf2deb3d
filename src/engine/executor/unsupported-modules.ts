import type { Block, Item, Play, Task } from '../model/playbook.ts';
import { formatPosition, type Position } from '../model/source.ts';
import { asideOf } from '../playbook/phases.ts';
import { healthTasksOf } from '../playbook/quorum.ts';
import { gathered, values } from '../vars/inherit.ts';

/** A module that content names and that cannot be run here. */
export interface UnsupportedModule {
  /** As the first task writes it. */
  readonly name: string;
  /** Why not: in Python, not built in. */
  readonly reason: string;
  /** Of each task that names it, in order. */
  readonly places: readonly Position[];
  /** The first task that is reached, whatever the hosts are like. */
  readonly certain: Position | undefined;
}

/** What of the plays a run comes to. */
export interface Reach {
  /** Whether any host is in it. */
  play(play: Play): boolean;
  /** Whether its tags are chosen. */
  task(play: Play, task: Task): boolean;
}

/**
 * All modules that plays name and that are not here, each once. What is included while they run is not looked at. A
 * task is certain to be reached if no condition, loop, rescue or tag stands before it, and nothing may end its play
 * earlier: roles name modules of other systems under conditions that are never true here, and those do no harm.
 */
export function unsupportedModules(plays: readonly Play[], reach: Reach): UnsupportedModule[] {
  const found = new Map<string, { name: string; reason: string; places: Position[]; certain: Position | undefined }>();
  for (const play of plays) {
    for (const { task, certain } of tasksOf(play, reach)) {
      if (task.unavailable === undefined) continue;
      const known = found.get(task.written) ?? {
        name: task.written,
        reason: task.unavailable,
        places: [],
        certain: undefined,
      };
      found.set(task.written, known);
      // A role that is used twice has its tasks twice.
      if (!known.places.some((place) => formatPosition(place) === formatPosition(task.position))) {
        known.places.push(task.position);
      }
      if (certain) known.certain ??= task.position;
    }
  }
  return [...found.values()];
}

interface Reached {
  readonly task: Task;
  readonly certain: boolean;
}

function* tasksOf(play: Play, reach: Reach): Iterable<Reached> {
  let certain = play.importedWhen.length === 0 && reach.play(play);
  for (const block of [play.preTasks, ...play.roles, play.tasks, play.postTasks]) {
    for (const { task, guarded } of below(block, false)) {
      if (!reach.task(play, task)) continue;
      yield { task, certain: certain && !guarded && !isConditional(task, play) };
      if (task.action === 'meta') certain = false;
    }
  }
  const aside = [...handlersOf(play), ...asideOf(play.phase), ...healthTasksOf(play)];
  for (const item of aside) for (const { task } of below(item, true)) yield { task, certain: false };
}

/** Tasks of an item; guarded ones stand where a failure is pardoned, or happens first. */
function* below(item: Item, guarded: boolean): Iterable<{ readonly task: Task; readonly guarded: boolean }> {
  if (item.kind === 'task') {
    yield { task: item, guarded };
    return;
  }
  const within = guarded || item.rescue.length > 0;
  for (const each of item.items) yield* below(each, within);
  for (const each of item.rescue) yield* below(each, true);
  for (const each of item.always) yield* below(each, within);
  for (const each of asideOf(item.phase)) yield* below(each, true);
}

/** Those of the play, and of the roles in it. */
function* handlersOf(play: Play): Iterable<Item> {
  yield* play.handlers;
  const roles = new Set(
    [...play.roles, play.preTasks, play.tasks, play.postTasks].flatMap((block) => [...rolesIn(block)]),
  );
  for (const role of roles) yield* role.handlers;
}

function* rolesIn(block: Block): Iterable<NonNullable<Item['role']>> {
  for (const item of [...block.items, ...block.rescue, ...block.always]) {
    if (item.role) yield item.role;
    if (item.kind === 'block') yield* rolesIn(item);
  }
}

function isConditional(task: Task, play: Play): boolean {
  const [ignored] = values(task, play, 'ignore_errors');
  const { loop } = task.keywords;
  return (
    ignored !== undefined || loop !== undefined || task.with !== undefined || gathered(task, play, 'when').length > 0
  );
}
