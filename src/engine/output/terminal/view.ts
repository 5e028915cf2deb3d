import type { Event, HostResult, ItemResult, Recap, TaskInfo } from '../../model/event.ts';

/** What is known of a task while it runs. */
export interface TaskView {
  readonly task: TaskInfo;
  /** Those that have it to do; grows where hosts come one by one. */
  hosts: readonly string[];
  readonly started: number;
  /** When each host that is at work began. */
  readonly running: Map<string, number>;
  readonly results: HostResult[];
  readonly items: Map<string, ItemResult[]>;
  /** Tries left, by host. */
  readonly retries: Map<string, number>;
  readonly included: Extract<Event, { type: 'included' }>[];
}

export interface PlayView {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly free: boolean;
}

/** The run so far: what the picture is drawn from. */
export interface RunView {
  started: number;
  checkMode: boolean;
  /** By which its journal is found, if one is kept. */
  run?: string | undefined;
  playbooks: readonly string[];
  play: PlayView | undefined;
  /** Tasks that are not finished, by id, in the order of their beginning. */
  readonly tasks: Map<number, TaskView>;
  /** Milliseconds by task name, for the list of the slowest. */
  readonly times: Map<string, number>;
  /** Results, and those of which check mode could tell nothing. */
  answers: number;
  unknown: number;
  /** Where hosts were lost, for what to do next. */
  readonly losses: HostResult[];
}

export function emptyView(): RunView {
  return {
    started: 0,
    checkMode: false,
    playbooks: [],
    play: undefined,
    tasks: new Map(),
    times: new Map(),
    answers: 0,
    unknown: 0,
    losses: [],
  };
}

export function startTask(view: RunView, { task, hosts, time }: Extract<Event, { type: 'task-start' }>): void {
  const known = view.tasks.get(task.id);
  if (known) {
    known.hosts = [...known.hosts, ...hosts];
    return;
  }
  view.tasks.set(task.id, {
    task,
    hosts,
    started: time,
    running: new Map(),
    results: [],
    items: new Map(),
    retries: new Map(),
    included: [],
  });
}

/** Takes a result in; the task it belongs to. */
export function addResult(view: RunView, event: HostResult): TaskView | undefined {
  const task = view.tasks.get(event.task.id);
  task?.running.delete(event.host);
  task?.retries.delete(event.host);
  task?.results.push(event);
  view.answers++;
  if (event.status === 'unknown') view.unknown++;
  if ((event.status === 'failed' || event.status === 'unreachable') && !event.ignored) view.losses.push(event);
  return task;
}

export function addItem(view: RunView, event: ItemResult): void {
  const task = view.tasks.get(event.task.id);
  if (!task) return;
  const items = task.items.get(event.host);
  if (items) items.push(event);
  else task.items.set(event.host, [event]);
}

/** The task is over: its time counts from its beginning to the last result. */
export function endTask(view: RunView, ended: TaskView): void {
  view.tasks.delete(ended.task.id);
  const last = ended.results.reduce((latest, { time }) => Math.max(latest, time), ended.started);
  const { name } = ended.task;
  view.times.set(name, (view.times.get(name) ?? 0) + last - ended.started);
}

export function isDone({ hosts, results, included }: TaskView): boolean {
  return results.length + included.flatMap((one) => one.hosts).length >= hosts.length;
}

export function hasLosses(recap: Recap): boolean {
  return recap.failed > 0 || recap.unreachable > 0;
}
