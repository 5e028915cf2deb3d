import type { Place } from '../journal/types.ts';
import type { Play, Task } from '../model/playbook.ts';
import { LazyDict, type Value } from '../model/value.ts';
import { deferredIn } from '../template/deferred-in.ts';
import { gathered } from '../vars/inherit.ts';
import type { VarScope } from '../vars/scope.ts';
import type { HostOutcome } from './task-run.ts';

/** A task that told what a variable is, and changed nothing. */
export interface Look {
  readonly place: Place;
  readonly task: Task;
}

/** Which task told last what a variable of a host is. */
export class Looks {
  private readonly byHost = new Map<string, Map<string, Look>>();

  /** `look`: undefined where the task changed something, since it is not to be done again. */
  note(host: string, names: readonly string[], look: Look | undefined): void {
    const known = this.byHost.get(host) ?? new Map<string, Look>();
    this.byHost.set(host, known);
    for (const name of names) {
      if (look) known.set(name, look);
      else known.delete(name);
    }
  }

  /** Where it was told what a task of this host judges; of a fact that was set, also where that was told which it was made of. */
  judgedBy(task: Task, play: Play, host: string, scope: VarScope): Place[] {
    const places = new Set<Place>();
    const names = new Set<string>();
    const seen = new Set<object>();
    const open: unknown[] = [task.args, task.keywords.loop, task.with, gathered(task, play, 'when')];
    while (open.length > 0) {
      for (const { text } of deferredIn(open.pop(), seen)) {
        for (const [name] of text.matchAll(NAME)) {
          if (names.has(name)) continue;
          names.add(name);
          const look = this.byHost.get(host)?.get(name);
          if (look) places.add(look.place);
          open.push(look && !look.task.keywords.register ? look.task.args : written(scope, name));
        }
      }
    }
    return [...places];
  }
}

const NAME = /[A-Za-z_]\w*/g;

function written(scope: VarScope, name: string): unknown {
  const raw = scope.raw(name);
  return raw instanceof LazyDict ? undefined : raw;
}

/** Names of the variables that a task told: what it registers, and its facts. */
export function toldBy({ keywords }: Task, { ran }: HostOutcome): string[] {
  const names = keywords.register === undefined ? [] : [keywords.register];
  for (const { answer } of ran) {
    const facts = answer.result.get('ansible_facts');
    if (facts instanceof Map) names.push('ansible_facts', ...[...facts.keys()].flatMap(factNames));
  }
  return names;
}

function factNames(key: Value): string[] {
  const name = String(key);
  return name.startsWith('ansible_') ? [name] : [name, `ansible_${name}`];
}
