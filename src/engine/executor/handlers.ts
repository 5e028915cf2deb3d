import { TsplayError } from '../model/errors.ts';
import type { Item, Role, Task } from '../model/playbook.ts';
import { Deferred, type Raw, type Scope, type Value } from '../model/value.ts';
import type { NotifiedHandler } from '../plan/overseer.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import type { HostRun } from './host-run.ts';
import { taskDigest } from './places.ts';
import { taskName } from './task-name.ts';

export interface HandlerOptions {
  readonly warn: (message: string) => void;
  /** Whether notifying one that is not there throws; else it is a warning. */
  readonly missingIsError: boolean;
}

/** The handlers of a play in the order in which they run. Roles included on the way add theirs. */
export class Handlers {
  /** One list for the play's own and for each role. */
  private readonly sources: Task[][] = [];
  private readonly scope: (handler: Task) => Scope;
  private readonly options: HandlerOptions;
  private readonly names = new Map<Task, string | undefined>();

  constructor(scope: (handler: Task) => Scope, options: HandlerOptions) {
    this.scope = scope;
    this.options = options;
  }

  get all(): readonly Task[] {
    return this.sources.flat();
  }

  add(items: readonly Item[]): void {
    const tasks = flatten(items);
    const known = this.all;
    if (tasks.some((task) => !known.includes(task))) this.sources.push(tasks.filter((task) => !known.includes(task)));
  }

  /** Notes a notification. A name that nobody has is a mistake, now and not when handlers run. */
  notify(name: string, host: HostRun): void {
    if (this.find(name).length === 0) this.missing(name);
    else host.notifications.add(name);
  }

  /** Marks the handlers that notifications stand for; gives those that were not marked before. */
  settle(host: HostRun): Task[] {
    const found = [...host.notifications].flatMap((name) => this.find(name));
    host.notifications.clear();
    const fresh = [...new Set(found)].filter((handler) => !host.notified.has(handler));
    for (const handler of fresh) host.notified.add(handler);
    return fresh;
  }

  /** The handlers that names and topics stand for. */
  meant(names: readonly string[]): NotifiedHandler[] {
    const found = new Set(names.flatMap((name) => this.find(name)));
    return [...found].map((handler) => ({ task: taskDigest(handler), name: this.label(handler) }));
  }

  /** As output names it. */
  label(handler: Task): string {
    return taskName(handler, this.scope(handler));
  }

  private missing(name: string): void {
    const message = `The requested handler '${name}' was not found in either the main handlers list nor in the listening handlers list`;
    if (!this.options.missingIsError) return this.options.warn(message);
    throw new TsplayError('module', message, { hint: 'define it under handlers:, or correct the name in notify:' });
  }

  /** The handler of that name that came last, and all that listen to it; of those of one name again the last. */
  private find(name: string): Task[] {
    const latest = this.sources.toReversed().flat();
    const named = latest.find((task) => this.nameOf(task) === name || this.fullNames(task).includes(name));
    const seen = new Set<string>();
    const listening = latest.filter((task) => {
      if (!topics(task).includes(name)) return false;
      const own = this.nameOf(task);
      if (own === undefined) return true;
      return !seen.has(own) && seen.add(own);
    });
    return [...new Set(named ? [named, ...listening] : listening)];
  }

  private nameOf(task: Task): string | undefined {
    if (this.names.has(task)) return this.names.get(task);
    const name = this.render(task);
    this.names.set(task, name);
    return name;
  }

  private render(task: Task): string | undefined {
    const { name } = task.keywords;
    if (name === undefined) return undefined;
    try {
      return pyStr(evaluate(name, this.scope(task)));
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      if (!task.keywords.listen?.length) {
        this.options.warn(
          `Handler '${textOf(name)}' is unusable because it has no listen topics and the name could not be templated: ${error.message}`,
        );
      }
      return undefined;
    }
  }

  private fullNames(task: Task): string[] {
    const name = this.nameOf(task);
    return name === undefined ? [] : inRole(task, name);
  }
}

/** Topics are texts, never templates. */
function topics(task: Task): string[] {
  return (task.keywords.listen ?? []).flatMap((raw) => {
    const topic = textOf(raw);
    return [topic, ...inRole(task, topic)];
  });
}

function textOf(raw: Raw): string {
  return raw instanceof Deferred ? raw.text : pyStr(raw as Value);
}

/** A handler of a role may be named with the role in front. */
function inRole({ role }: Task, name: string): string[] {
  if (!role) return [];
  const short = shortRoleName(role);
  const full = role.collection ? [`${role.collection}.${short} : ${name}`] : [];
  return [`${short} : ${name}`, ...full];
}

function shortRoleName({ name, collection }: Role): string {
  return collection && name.startsWith(`${collection}.`) ? name.slice(collection.length + 1) : name;
}

function flatten(items: readonly Item[]): Task[] {
  return items.flatMap((item) => (item.kind === 'block' ? flatten(item.items) : [item]));
}
