import { TsplayError } from '../model/errors.ts';
import type { Block, Item, Play, Task } from '../model/playbook.ts';
import { Deferred, type Raw } from '../model/value.ts';
import { coerceArgs } from '../modules/args/coerce.ts';
import { moduleNamed } from '../modules/registry.ts';
import type { LoadScript } from '../playbook/content/scripts/script-loader.ts';
import { ancestors, gathered } from '../vars/inherit.ts';

/**
 * Refuses, before any host is touched, a task whose arguments cannot be right on any host: they hold no template, and
 * nothing lets the task be left out or fail. All others are judged when they run (`tsplay lint` looks at more).
 */
export async function refuseWrongArguments(plays: readonly Play[], load: LoadScript): Promise<void> {
  for (const play of plays) {
    for (const block of [play.preTasks, ...play.roles, play.tasks, play.postTasks]) await checkBlock(block, play, load);
  }
}

async function checkBlock(block: Block, play: Play, load: LoadScript): Promise<void> {
  // A rescue may be there for just this mistake.
  if (block.rescue.length > 0) return;
  for (const item of block.items) {
    if (item.kind === 'block') await checkBlock(item, play, load);
    else if (isCertain(item, play)) await check(item, load);
  }
}

/** It runs with these arguments, and its failure counts. */
function isCertain(task: Task, play: Play): boolean {
  if (task.deferredAction || task.deferredArgs !== undefined || task.unavailable || task.with) return false;
  const { loop, failed_when, until, retries, retry } = task.keywords;
  if ([loop, failed_when, until, retries, retry].some((keyword) => keyword !== undefined)) return false;
  if ([...ancestors(task)].some(leavesOut) || play.keywords.ignore_errors !== undefined) return false;
  if (gathered(task, play, 'module_defaults').length > 0 || gathered(task, play, 'tags').length > 0) return false;
  return ![...task.args.values()].some(isOpen);
}

function leavesOut({ keywords }: Item): boolean {
  return keywords.when !== undefined || keywords.ignore_errors !== undefined;
}

function isOpen(raw: Raw): boolean {
  if (raw instanceof Deferred) return true;
  if (Array.isArray(raw)) return raw.some(isOpen);
  return raw instanceof Map && [...raw.values()].some(isOpen);
}

async function check(task: Task, load: LoadScript): Promise<void> {
  const module = await moduleNamed(task.action, task.source, load);
  if (!module) return;
  try {
    coerceArgs(module, task.args, { position: task.position, argPositions: task.argPositions });
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    throw new TsplayError('option', `${task.written}: ${error.message}`, {
      position: error.position ?? task.position,
      hint: error.hint,
      cause: error,
    });
  }
}
