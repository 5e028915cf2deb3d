import type { Event, HostResult } from '../../model/event.ts';
import { formatPosition } from '../../model/source.ts';
import type { Live, Sink } from '../sink.ts';
import { warningsOf } from '../warnings.ts';
import { closingLines } from './closing.ts';
import { type Frame, inline, paragraph } from './frame.ts';
import { playHeading } from './heading.ts';
import { phaseLines } from './phase.ts';
import { progressLines } from './progress.ts';
import type { Naming } from './summary.ts';
import { taskBlock } from './task-block.ts';
import { makeTheme, type Theme } from './theme.ts';
import { addItem, addResult, emptyView, endTask, isDone, startTask, type TaskView } from './view.ts';

export interface TerminalOptions {
  /** Number of `-v`. */
  readonly verbosity: number;
  /** Text of a source file for excerpts, or undefined. Secrets in it are hidden already. */
  readonly readSource?: (file: string) => string | undefined;
  /** Folder that paths are shown relative to. */
  readonly directory?: string;
  /** Where progress is drawn; without it only what is finished is shown. */
  readonly live?: Live | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** What a person likes to read: progress while it runs, then one compact block for each task, a recap and the times. */
export class TerminalOutput {
  private readonly sink: Sink;
  private readonly options: TerminalOptions;
  private readonly theme: Theme;
  private readonly now: () => number;
  private readonly view = emptyView();
  /** The last line written was empty. */
  private spaced = false;
  private readonly warned = new Set<string>();
  private readonly sources = new Map<string, readonly string[] | undefined>();

  constructor(sink: Sink, options: TerminalOptions) {
    this.sink = sink;
    this.options = options;
    this.theme = makeTheme(sink.colors ?? 0, sink.unicode ?? true);
    this.now = options.now ?? Date.now;
  }

  handle(event: Event): void {
    switch (event.type) {
      case 'run-start':
        this.view.started = event.time;
        this.view.checkMode = event.checkMode;
        this.view.run = event.run;
        this.options.live?.start(() => progressLines(this.view, this.frame(), this.now()));
        return;
      case 'play-start':
        return this.playStart(event);
      case 'phase-start':
      case 'phase-retry':
      case 'phase-end':
        this.finishAll();
        return this.say(phaseLines(event, this.frame()));
      case 'task-start':
        return this.taskStart(event);
      case 'host-start':
        this.view.tasks.get(event.taskId)?.running.set(event.host, event.time);
        return;
      case 'item-result':
        this.view.tasks.get(event.task.id)?.retries.delete(event.host);
        addItem(this.view, event);
        return this.resultWarnings(event);
      case 'host-result':
        this.resultWarnings(event);
        return this.result(event);
      case 'retry':
        this.view.tasks.get(event.task.id)?.retries.set(event.host, event.left);
        return;
      case 'included':
        return this.included(event);
      case 'no-hosts':
        return this.say([this.theme.faint('  no hosts matched')]);
      case 'no-hosts-left':
        this.finishAll();
        return this.say(['', this.theme.status.failed(`${this.theme.symbol.failed} no hosts left`)]);
      case 'meta':
      case 'handler-notified':
        return this.note(event);
      case 'warning':
        return this.warn(
          event.position ? `${formatPosition(event.position)}: ${event.message}` : event.message,
          event.lines,
        );
      case 'deprecated':
        return this.warn(event.message);
      case 'run-end':
        this.finishAll();
        this.options.live?.stop();
        return this.say(closingLines(this.view, event.recap, this.frame(), event.time));
    }
  }

  /** Leaves the terminal as it was, whatever was going on. */
  close(): void {
    this.options.live?.stop();
  }

  /** Does something that needs the terminal for itself. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.options.live?.pause();
    try {
      return await work();
    } finally {
      this.options.live?.resume();
    }
  }

  private frame(): Frame {
    return {
      theme: this.theme,
      width: Math.max(20, this.sink.columns ?? 100),
      verbosity: this.options.verbosity,
      source: (file) => this.source(file),
      path: (file) => this.path(file),
    };
  }

  private say(lines: readonly string[]): void {
    // One empty line between blocks is enough.
    const shown = this.spaced && lines[0] === '' ? lines.slice(1) : lines;
    if (shown.length === 0) return;
    this.spaced = shown.at(-1) === '';
    this.sink.out(`${shown.join('\n')}\n`);
  }

  private playStart(event: Extract<Event, { type: 'play-start' }>): void {
    this.finishAll();
    const { play } = this.view;
    const batch =
      play !== undefined && play.name === event.name && event.hosts.every((host) => play.hosts.includes(host));
    // The batches of a play come under its name again, and all its hosts stay known.
    this.view.play = { name: event.name, hosts: batch ? play.hosts : event.hosts, free: event.strategy === 'free' };
    this.say(playHeading(event, this.frame(), batch));
  }

  private taskStart(event: Extract<Event, { type: 'task-start' }>): void {
    if (!this.view.play?.free) this.finishAll();
    if (!isMeta(event.task.action)) startTask(this.view, event);
  }

  private result(event: HostResult): void {
    const task = addResult(this.view, event);
    if (!task) return;
    if (this.view.play?.free) this.freeResult(task, event);
    else if (isDone(task)) this.finish(task);
  }

  /** Strategy free: each host's result is shown when it comes. */
  private freeResult(task: TaskView, event: HostResult): void {
    const own = { ...task, results: [event], hosts: [event.host], started: event.time - event.duration };
    this.say(taskBlock(own, this.frame(), this.naming('all')));
    if (isDone(task)) endTask(this.view, task);
  }

  private naming(several: Naming): Naming {
    return (this.view.play?.hosts.length ?? 0) > 1 ? several : 'none';
  }

  private included(event: Extract<Event, { type: 'included' }>): void {
    const task = this.view.tasks.get(event.taskId);
    task?.included.push(event);
  }

  private finishAll(): void {
    for (const task of [...this.view.tasks.values()]) this.finish(task);
  }

  private finish(task: TaskView): void {
    endTask(this.view, task);
    // With strategy free the results were shown as they came.
    if (this.view.play?.free && task.included.length === 0) return;
    if (task.results.length + task.included.length === 0) return;
    this.say(taskBlock(task, this.frame(), this.naming('some')));
  }

  private note(event: Extract<Event, { type: 'meta' | 'handler-notified' }>): void {
    if (this.options.verbosity < 2) return;
    const text = event.type === 'meta' ? event.message : `notified ${event.handler} on ${event.host}`;
    this.say([this.theme.faint(`  ${this.theme.dot} ${inline(text)}`)]);
  }

  private resultWarnings({ result }: { readonly result: HostResult['result'] }): void {
    const { warnings, deprecations } = warningsOf(result);
    for (const message of [...warnings, ...deprecations]) this.warn(message);
  }

  private warn(message: string, below: readonly string[] = []): void {
    if (this.warned.has(message)) return;
    this.warned.add(message);
    const [first = '', ...rest] = paragraph(message, this.frame(), '  ');
    const lines = [`${this.theme.warning('!')} ${first.trimStart()}`, ...rest, ...below.map(inline)];
    this.sink.err(`${lines.join('\n')}\n`);
  }

  private source(file: string): readonly string[] | undefined {
    if (!this.sources.has(file)) this.sources.set(file, this.options.readSource?.(file)?.split('\n'));
    return this.sources.get(file);
  }

  private path(file: string): string {
    const { directory } = this.options;
    return directory && file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file;
  }
}

/** Directives to the run itself are no tasks that people wait for. */
function isMeta(action: string): boolean {
  return /^(ansible\.(builtin|legacy)\.)?meta$/.test(action);
}
