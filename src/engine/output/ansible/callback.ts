import { resolve } from 'node:path';
import type { Event, HostResult, ItemResult, Recap, TaskInfo } from '../../model/event.ts';
import { formatPosition } from '../../model/source.ts';
import type { Dict } from '../../model/value.ts';
import { diffText } from '../diff.ts';
import { phaseRetryText } from '../phases.ts';
import { printable } from '../printable.ts';
import type { Sink } from '../sink.ts';
import { warningsOf } from '../warnings.ts';
import { banner } from './banner.ts';
import { dumpResult, dumpStats } from './dump.ts';
import type { CallbackOptions } from './options.ts';
import { type Paint, painter, type Shade } from './paint.ts';
import { recapLine } from './recap.ts';
import { hostLabel, isDebug, isVerbose, line, type Result, shownResult } from './results.ts';
import { warningText } from './warning-text.ts';

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

/** Writes events as the lines of Ansible's default callback: for pipes and CI, where scripts look for them. */
export class AnsibleOutput {
  private readonly sink: Sink;
  private readonly options: CallbackOptions;
  private readonly paint: Paint | undefined;
  private readonly tasks = new Map<number, TaskInfo>();
  private readonly warned = new Set<string>();
  /** The task whose banner was written last. */
  private lastBanner: number | undefined;
  private free = false;
  private checkMode = false;

  constructor(sink: Sink, options: CallbackOptions) {
    this.sink = sink;
    this.options = options;
    this.paint = options.colors ? painter(options.palette) : undefined;
  }

  handle(event: Event): void {
    switch (event.type) {
      case 'run-start':
        return this.runStart(event);
      case 'play-start':
        return this.playStart(event);
      case 'phase-start':
        return this.banner(`PHASE [${event.phase.name}]`);
      case 'phase-retry':
        return this.say(line(phaseRetryText(event)), 'changed');
      case 'phase-end':
        return this.phaseSkipped(event);
      case 'task-start':
        return this.taskStart(event.task);
      case 'host-start':
        return this.hostStart(event);
      case 'no-hosts':
        return this.say('skipping: no hosts matched', 'skipped');
      case 'no-hosts-left':
        return this.banner('NO MORE HOSTS LEFT');
      case 'included':
        return this.included(event);
      case 'retry':
        return this.retry(event);
      case 'poll':
        return this.poll(event);
      case 'exec':
        if (this.options.verbosity > 2) this.say(line(`<${event.host}> EXEC ${event.command}`), 'verbose');
        return;
      case 'meta':
        return this.verbose(`META: ${event.message}`);
      case 'handler-notified':
        return this.verbose(`NOTIFIED HANDLER ${event.handler} for ${event.host}`);
      case 'item-result':
        return this.item(event);
      case 'host-result':
        return this.host(event);
      case 'warning':
        if (event.isError) return this.say(`ERROR! ${printable(event.message)}`, 'failed', true);
        return this.warn(
          'WARNING',
          event.position ? `${formatPosition(event.position)}: ${event.message}` : event.message,
          event.lines,
        );
      case 'deprecated':
        return this.warn('DEPRECATION WARNING', event.message);
      case 'run-end':
        return this.runEnd(event);
    }
  }

  private say(text: string, shade?: Shade, toStderr = false): void {
    const shown = shade && this.paint ? this.paint(text, shade) : text;
    const ended = text.endsWith('\n') ? shown : `${shown}\n`;
    if (toStderr) this.sink.err(ended);
    else this.sink.out(ended);
  }

  private verbose(text: string): void {
    if (this.options.verbosity > 1) this.say(line(text), 'verbose');
  }

  private banner(text: string): void {
    this.say(banner(line(text.trim()), this.sink.columns));
  }

  private runStart({ playbooks, checkMode }: Of<'run-start'>): void {
    this.checkMode = checkMode;
    const { configFile, verbosity } = this.options;
    const config =
      configFile === undefined ? 'No config file found; using defaults' : `Using ${configFile} as config file`;
    if (verbosity > 0) this.say(line(config), 'verbose');
    if (this.options.verbosity > 1) {
      for (const { path, plays } of playbooks) {
        this.banner(`PLAYBOOK: ${path.split('/').at(-1)}`);
        this.verbose(`${plays} plays in ${path}`);
      }
    }
    if (checkMode && this.options.checkMarkers) this.banner('DRY RUN');
  }

  private playStart({ name, strategy, checkMode }: Of<'play-start'>): void {
    this.free = strategy === 'free';
    this.tasks.clear();
    const label = name.trim();
    this.banner(`${label ? `PLAY [${label}]` : 'PLAY'}${this.marker(checkMode)}`);
  }

  private phaseSkipped({ phase, hosts }: Of<'phase-end'>): void {
    const skipped = [...hosts].filter(([, { status }]) => status === 'skipped').map(([host]) => host);
    if (skipped.length === 0) return;
    this.banner(`PHASE [${phase.name}]`);
    for (const host of skipped) this.say(line(`skipping: [${host}]`), 'skipped');
  }

  private taskStart(task: TaskInfo): void {
    this.tasks.set(task.id, task);
    // Where results decide what is shown, and where hosts are at different tasks, the banner waits for a result.
    const { showOk = true, showSkipped = true } = this.options;
    if (!this.free && showOk && showSkipped) this.taskBanner(task);
  }

  private taskBanner(task: TaskInfo): void {
    this.lastBanner = task.id;
    this.banner(`${task.handler ? 'RUNNING HANDLER' : 'TASK'} [${task.name.trim()}]${this.marker(task.checkMode)}`);
    if (this.options.verbosity >= 2) this.taskPath(task);
  }

  private marker(checkMode: boolean | undefined): string {
    return checkMode && this.options.checkMarkers ? ' [CHECK MODE]' : '';
  }

  private taskPath({ position }: TaskInfo): void {
    this.say(line(`task path: ${resolve(this.options.directory ?? '', position.file)}:${position.line}`), 'debug');
  }

  private resume(task: TaskInfo): void {
    if (this.lastBanner !== task.id) this.taskBanner(task);
  }

  private hostStart({ taskId, host }: Of<'host-start'>): void {
    const task = this.tasks.get(taskId);
    if (!task || !this.options.perHostStart) return;
    this.say(line(` [started ${task.handler ? 'HANDLER' : 'TASK'}: ${task.name} on ${host}]`), 'ok');
  }

  private included({ taskId, file, hosts, item }: Of<'included'>): void {
    const task = this.tasks.get(taskId);
    if (task) this.resume(task);
    const label = item === undefined ? '' : ` => (item=${item})`;
    this.say(line(`included: ${file} for ${hosts.join(', ')}${label}`), 'included');
  }

  private retry({ task, host, left, result }: Of<'retry'>): void {
    const dump = this.options.verbosity > 2 ? `Result was: ${dumpResult(result, this.options)}` : '';
    this.say(`${line(`FAILED - RETRYING: [${host}]: ${task.name} (${left} retries left).`)}${dump}`, 'debug');
  }

  private poll({ state, host, result }: Of<'poll'>): void {
    const value = (name: string) => String(result.get(name) ?? 'None');
    const more = state === 'running' ? ` started=${value('started')} finished=${value('finished')}` : '';
    const word = state === 'running' ? 'POLL' : state.toUpperCase();
    this.say(line(`ASYNC ${word} on ${host}: jid=${value('ansible_job_id')}${more}`), 'debug');
  }

  private item(event: ItemResult): void {
    // Ansible knows no item any more when it writes the line.
    const label = `(item=${event.task.noLog ? 'None' : line(event.label)})`;
    switch (event.status) {
      case 'failed':
      case 'unreachable': {
        this.resume(event.task);
        this.warnings(event.result);
        const text = `failed: [${hostLabel(event)}] ${label} => ${shownResult(event, this.options)}`;
        return this.say(text, 'failed', this.options.failedToStderr);
      }
      case 'skipped':
      case 'unknown': {
        if (this.options.showSkipped === false) return;
        this.resume(event.task);
        return this.say(`skipping: [${line(event.host)}] => ${label} ${this.shown(event)}`, 'skipped');
      }
      default: {
        if (event.status === 'ok' && this.options.showOk === false) return;
        this.resume(event.task);
        this.warnings(event.result);
        this.diffs(event);
        this.say(`${event.status}: [${hostLabel(event)}] => ${label}${this.shown(event)}`, event.status);
      }
    }
  }

  private host(event: HostResult): void {
    switch (event.status) {
      case 'failed':
        return this.failed(event);
      case 'unreachable':
        return this.unreachable(event);
      case 'skipped':
      case 'unknown': {
        if (this.options.showSkipped === false) return;
        this.resume(event.task);
        return this.say(`skipping: [${line(event.host)}]${this.shown(event)}`, 'skipped');
      }
      default: {
        if (event.status === 'ok' && this.options.showOk === false) return;
        this.resume(event.task);
        if (event.looped && event.result.has('results')) return;
        this.diffs(event);
        this.warnings(event.result);
        this.say(`${event.status}: [${hostLabel(event)}]${this.shown(event)}`, event.status);
      }
    }
  }

  private failed(event: HostResult): void {
    const { task } = event;
    this.resume(task);
    this.warnings(event.result);
    // The items of a loop have said it; debug's clean result no longer knows that there were items.
    if (!event.looped || !event.result.has('results') || isDebug(task)) {
      if (this.options.pathOnFailure && this.options.verbosity < 2) this.taskPath(task);
      const text = `fatal: [${hostLabel(event)}]: FAILED! => ${shownResult(event, this.options)}`;
      this.say(text, 'failed', this.options.failedToStderr);
    }
    this.afterFailure(event);
  }

  private unreachable(event: HostResult): void {
    this.resume(event.task);
    const text = `fatal: [${hostLabel(event)}]: UNREACHABLE! => ${shownResult(event, this.options, event.result)}`;
    this.say(text, 'unreachable', this.options.failedToStderr);
    this.afterFailure(event);
  }

  private afterFailure({ ignored, position, task, status, host }: HostResult): void {
    if (ignored) return this.say('...ignoring', 'skipped');
    if (!position || !this.options.positions) return;
    this.sink.err(`${line(`${formatPosition(position)}: task "${task.name}" ${status} on ${host}`)}\n`);
  }

  private shown(event: Result): string {
    return isVerbose(event, this.options) ? ` => ${shownResult(event, this.options)}` : '';
  }

  private diffs(event: Result): void {
    if (!(event.task.diff ?? this.options.diff) || event.status !== 'changed') return;
    const text = event.diffs.map((diff) => diffText(diff, this.paint, this.options.diffContext)).join('');
    if (text) this.say(text);
  }

  private warnings(result: Dict): void {
    const { warnings, deprecations } = warningsOf(result);
    for (const message of warnings) this.warn('WARNING', message);
    for (const message of deprecations) this.warn('DEPRECATION WARNING', message);
  }

  private warn(kind: 'WARNING' | 'DEPRECATION WARNING', message: string, below: readonly string[] = []): void {
    if (kind === 'DEPRECATION WARNING' && this.options.showDeprecations === false) return;
    const text = `[${kind}]: ${printable(message)}`;
    if (this.warned.has(text)) return;
    this.warned.add(text);
    this.say(warningText(text, below, this.sink.columns), kind === 'WARNING' ? 'warning' : 'deprecated', true);
  }

  private runEnd({ recap, stats }: Of<'run-end'>): void {
    this.recap(recap);
    this.say('');
    if (this.options.customStats && stats.size > 0) this.stats(stats);
    if (this.checkMode && this.options.checkMarkers) this.banner('DRY RUN');
  }

  private recap(recap: ReadonlyMap<string, Recap>): void {
    this.banner('PLAY RECAP');
    for (const host of [...recap.keys()].sort()) {
      this.say(recapLine(line(host), recap.get(host)!, this.paint));
    }
  }

  private stats(stats: ReadonlyMap<string, Dict>): void {
    this.banner('CUSTOM STATS: ');
    for (const host of [...stats.keys()].sort()) {
      if (host !== '_run') this.say(`\t${line(host)}: ${dumpStats(stats.get(host)!)}`);
    }
    const whole = stats.get('_run');
    if (whole) this.say(`\n\tRUN: ${dumpStats(whole)}`);
    this.say('');
  }
}
