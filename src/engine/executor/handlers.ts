import { TsplayError } from '../model/errors.ts';
import type { Item, Role, Task } from '../model/playbook.ts';
import type { Scope } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import type { HostRun } from './host-run.ts';

export interface HandlerOptions {
  readonly warn: (message: string) => void;
  /** Whether notifying one that is not there throws; else it is a warning. */
  readonly missingIsError: boolean;
}

/** The handlers of a play in the order in which they run. Roles included on the way add theirs. */
export class Handlers {
  /** One list for the play's own and for each role. */
  private readonly sources: Task[][] = [];
  private readonly scope: () => Scope;
  private readonly options: HandlerOptions;
  private readonly names = new Map<Task, string | undefined>();

  constructor(scope: () => Scope, options: HandlerOptions) {
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

  /** Marks the handlers of a name or topic; true for each that was not marked before. */
  notify(name: string, host: HostRun): Task[] {
    const found = this.find(name);
    if (found.length === 0) this.missing(name);
    const fresh = found.filter((handler) => !host.notified.has(handler));
    for (const handler of fresh) host.notified.add(handler);
    return fresh;
  }

  private missing(name: string): void {
    const message = `The requested handler '${name}' was not found in either the main handlers list nor in the listening handlers list`;
    if (!this.options.missingIsError) return this.options.warn(message);
    throw new TsplayError('module', message, { hint: 'define it under handlers:, or correct the name in notify:' });
  }

  /** The handler of that name in the source that came last, and all that listen to it. */
  private find(name: string): Task[] {
    const named = this.sources
      .toReversed()
      .flat()
      .find((task) => this.nameOf(task) === name || this.fullNames(task).includes(name));
    const listening = this.all.filter((task) => this.topics(task).includes(name));
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
      return pyStr(evaluate(name, this.scope()));
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      this.options.warn(
        `Handler '${'text' in Object(name) ? (name as { text: string }).text : String(name)}' is unusable because it has no listen topics and the name could not be templated: ${error.message}`,
      );
      return undefined;
    }
  }

  private fullNames(task: Task): string[] {
    const name = this.nameOf(task);
    return name === undefined ? [] : inRole(task, name);
  }

  private topics(task: Task): string[] {
    return (task.keywords.listen ?? []).flatMap((raw) => {
      const value = evaluate(raw, this.scope());
      return (Array.isArray(value) ? value : [value]).flatMap((topic) => [pyStr(topic), ...inRole(task, pyStr(topic))]);
    });
  }
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
