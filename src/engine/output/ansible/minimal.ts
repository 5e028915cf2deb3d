import type { Event, HostResult } from '../../model/event.ts';
import type { Value } from '../../model/value.ts';
import { diffText } from '../diff.ts';
import { printable } from '../printable.ts';
import type { Sink } from '../sink.ts';
import { warningsOf } from '../warnings.ts';
import { AnsibleOutput } from './callback.ts';
import type { CallbackOptions } from './options.ts';
import { type Paint, painter, type Shade } from './paint.ts';
import { line, shownResult } from './results.ts';

export interface MinimalOptions extends CallbackOptions {
  /** Each result on one line (`-o`). */
  readonly oneLine: boolean;
}

const COMMANDS = /^(ansible\.(builtin|legacy|windows)\.)?(command|shell|raw|script|win_command|win_shell)$/;

/** Writes results as Ansible's `minimal` and `oneline` callbacks do: a host, how it went, and what it said. */
export class MinimalOutput {
  private readonly sink: Sink;
  private readonly options: MinimalOptions;
  private readonly paint: Paint | undefined;
  private readonly warnings: AnsibleOutput;

  constructor(sink: Sink, options: MinimalOptions) {
    this.sink = sink;
    this.options = { ...options, pretty: true };
    this.paint = options.colors ? painter(options.palette) : undefined;
    this.warnings = new AnsibleOutput(sink, options);
  }

  handle(event: Event): void {
    if (event.type === 'warning' || event.type === 'deprecated') this.warnings.handle(event);
    else if (event.type === 'host-result') this.result(event);
  }

  private result(event: HostResult): void {
    const told = warningsOf(event.result);
    for (const message of told.warnings) this.warnings.handle({ type: 'warning', message });
    for (const message of told.deprecations) this.warnings.handle({ type: 'deprecated', message });
    if (event.task.diff ?? this.options.diff) {
      for (const diff of event.diffs) this.say(diffText(diff, this.paint, this.options.diffContext));
    }
    const [word, shade] = wording(event);
    const host = line(event.host);
    if (word === 'SKIPPED') return this.say(`${host} | SKIPPED`, shade);
    const { oneLine } = this.options;
    if (oneLine && word === 'UNREACHABLE') {
      return this.say(`${host} | UNREACHABLE!: ${line(asText(event.result.get('msg')))}`, shade);
    }
    // A command that failed is told whole where there is one line for it.
    if (isCommand(event) && !(oneLine && word === 'FAILED')) {
      return this.say(this.command(event, `${host} | ${word}`), shade);
    }
    const mark = word === 'FAILED' || word === 'UNREACHABLE' ? '!' : '';
    const shown = shownResult(event, this.options);
    this.say(`${host} | ${word}${mark} => ${oneLine ? joined(shown) : shown}`, shade);
  }

  private command({ result }: HostResult, head: string): string {
    const text = (name: string) => printable(asText(result.get(name)));
    const start = `${head} | rc=${asText(result.get('rc') ?? -1)}`;
    if (!this.options.oneLine) return `${start} >>\n${text('stdout')}${text('stderr')}${text('msg')}\n`;
    const escaped = (name: string) => text(name).replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    const errors = escaped('stderr');
    return `${start} | (stdout) ${escaped('stdout')}${errors ? ` (stderr) ${errors}` : ''}`;
  }

  private say(text: string, shade?: Shade): void {
    const shown = shade && this.paint ? this.paint(text, shade) : text;
    this.sink.out(text.endsWith('\n') ? shown : `${shown}\n`);
  }
}

function wording({ status }: HostResult): readonly [string, Shade] {
  switch (status) {
    case 'failed':
      return ['FAILED', 'failed'];
    case 'unreachable':
      return ['UNREACHABLE', 'unreachable'];
    case 'skipped':
    case 'unknown':
      return ['SKIPPED', 'skipped'];
    case 'changed':
      return ['CHANGED', 'changed'];
    default:
      return ['SUCCESS', 'ok'];
  }
}

function isCommand({ task, result, status }: HostResult): boolean {
  return COMMANDS.test(task.action) && status !== 'unreachable' && !result.has('ansible_job_id');
}

function asText(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

/** JSON keeps no line break inside of a text. */
function joined(json: string): string {
  return json.replace(/\n\s*/g, '');
}
