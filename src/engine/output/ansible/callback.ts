import type { Event, HostResult, ItemResult, Recap, TaskInfo } from '../../model/event.ts';
import { formatPosition } from '../../model/source.ts';
import type { Dict, Value } from '../../model/value.ts';
import { diffText } from '../diff.ts';
import { printable } from '../printable.ts';
import type { Sink } from '../sink.ts';
import { banner } from './banner.ts';
import { dumpDebug, dumpResult } from './dump.ts';
import { recapLine } from './recap.ts';

export interface CallbackOptions {
  readonly verbosity: number;
  readonly diff: boolean;
  readonly showSkipped?: boolean;
}

type Result = HostResult | ItemResult;

/** Writes events as the lines of Ansible's default callback: for pipes and CI, where scripts look for them. */
export class AnsibleOutput {
  private readonly sink: Sink;
  private readonly options: CallbackOptions;
  private lastTask: number | undefined;
  private readonly warned = new Set<string>();

  constructor(sink: Sink, options: CallbackOptions) {
    this.sink = sink;
    this.options = options;
  }

  handle(event: Event): void {
    switch (event.type) {
      case 'play-start':
        return this.banner(event.name ? `PLAY [${event.name.trim()}]` : 'PLAY');
      case 'task-start':
        this.lastTask = event.task.id;
        return this.taskBanner(event.task);
      case 'no-hosts':
        return this.line('skipping: no hosts matched');
      case 'no-hosts-left':
        return this.banner('NO MORE HOSTS LEFT');
      case 'included':
        return this.line(
          `included: ${event.file} for ${event.hosts.join(', ')}${event.item === undefined ? '' : ` => (item=${event.item})`}`,
        );
      case 'retry':
        return this.retry(event);
      case 'meta':
        if (this.options.verbosity > 1) this.line(`META: ${event.message}`);
        return;
      case 'handler-notified':
        if (this.options.verbosity > 1) this.line(`NOTIFIED HANDLER ${event.handler} for ${event.host}`);
        return;
      case 'item-result':
        return this.item(event);
      case 'host-result':
        return this.host(event);
      case 'warning':
        return this.warning(event.message);
      case 'run-end':
        return this.recap(event.recap);
    }
  }

  private line(text: string): void {
    this.sink.out(`${printable(text)}\n`);
  }

  private banner(text: string): void {
    this.line(banner(printable(text, { multiline: false }), this.sink.columns));
  }

  private taskBanner(task: TaskInfo): void {
    this.banner(`${task.handler ? 'RUNNING HANDLER' : 'TASK'} [${task.name.trim()}]`);
    if (this.options.verbosity >= 2) this.line(`task path: ${task.position.file}:${task.position.line}`);
  }

  /** With strategy free, results of other tasks may come in between: their banner is said again. */
  private resume(task: TaskInfo): void {
    if (this.lastTask === task.id) return;
    this.lastTask = task.id;
    this.taskBanner(task);
  }

  private retry(event: Extract<Event, { type: 'retry' }>): void {
    const { task, host, left, result } = event;
    const dump = this.options.verbosity > 2 ? ` Result was: ${dumpResult(result, this.options)}` : '';
    this.line(
      `FAILED - RETRYING: [${host}]: ${task.name} (${left} ${left === 1 ? 'retries' : 'retries'} left).${dump}`,
    );
  }

  private item(event: ItemResult): void {
    this.resume(event.task);
    this.warnings(event.result);
    this.diffs(event);
    const label = `(item=${event.label})`;
    const name = hostLabel(event);
    const dump = () => dumpResult(event.result, this.options);
    switch (event.status) {
      case 'failed':
      case 'unreachable':
        this.line(`failed: [${name}] ${label} => ${dump()}`);
        break;
      case 'skipped':
      case 'unknown':
        this.line(`skipping: [${name}] => ${label} `);
        break;
      default:
        this.line(`${event.status}: [${name}] => ${label}${this.shown(event)}`);
    }
  }

  private host(event: HostResult): void {
    this.resume(event.task);
    const name = hostLabel(event);
    if (!event.looped) {
      this.warnings(event.result);
      this.diffs(event);
    }
    switch (event.status) {
      case 'failed':
        if (event.looped && event.result.has('results')) break;
        this.line(`fatal: [${name}]: FAILED! => ${dumpResult(event.result, this.options)}`);
        break;
      case 'unreachable':
        this.line(`fatal: [${name}]: UNREACHABLE! => ${dumpResult(event.result, this.options)}`);
        break;
      case 'skipped':
      case 'unknown':
        if (!event.looped || resultsOf(event.result).length === 0) {
          this.line(
            `skipping: [${name}]${this.options.verbosity > 0 ? ` => ${dumpResult(event.result, this.options)}` : ''}`,
          );
        } else {
          this.line(
            `skipping: [${name}]${this.options.verbosity > 0 ? ` => ${dumpResult(event.result, this.options)}` : ' '}`,
          );
        }
        break;
      default:
        if (!event.looped) this.line(`${event.status}: [${name}]${this.shown(event)}`);
    }
    if (event.ignored) this.line('...ignoring');
    else if (event.position && (event.status === 'failed' || event.status === 'unreachable')) {
      this.sink.err(
        `${printable(`${formatPosition(event.position)}: task "${event.task.name}" ${event.status} on ${event.host}`)}\n`,
      );
    }
  }

  /** What follows the status: the result, if it is wanted. */
  private shown(event: Result): string {
    if (isDebug(event.task)) return ` => ${dumpDebug(event.result)}`;
    if (this.options.verbosity > 0) return ` => ${dumpResult(event.result, this.options)}`;
    return '';
  }

  private diffs(event: Result): void {
    if (!this.options.diff || (event.status !== 'changed' && event.status !== 'ok')) return;
    for (const diff of event.diffs) this.sink.out(printable(diffText(diff)));
  }

  private warnings(result: Dict): void {
    const warnings = result.get('warnings');
    if (Array.isArray(warnings)) for (const warning of warnings) this.warning(String(warning));
  }

  private warning(message: string): void {
    if (this.warned.has(message)) return;
    this.warned.add(message);
    this.sink.err(`[WARNING]: ${printable(message)}\n`);
  }

  private recap(recap: ReadonlyMap<string, Recap>): void {
    this.banner('PLAY RECAP');
    for (const host of [...recap.keys()].sort()) this.line(recapLine(host, recap.get(host)!));
    this.line('');
  }
}

function hostLabel({ host, delegatedTo }: Result): string {
  return delegatedTo === undefined ? host : `${host} -> ${delegatedTo}`;
}

function isDebug(task: TaskInfo): boolean {
  return /^(ansible\.(builtin|legacy)\.)?debug$/.test(task.action);
}

function resultsOf(result: Dict): readonly Value[] {
  const results = result.get('results');
  return Array.isArray(results) ? results : [];
}
