import type { Event } from '../../model/event.ts';
import { printable } from '../printable.ts';
import type { Sink } from '../sink.ts';
import { displayWidth } from '../width.ts';

const WIDTH = 79;

export interface ProfileOptions {
  /** What times are added up by: each task, or the role it is of. */
  readonly by: 'task' | 'role';
  readonly order: 'ascending' | 'descending' | 'none';
  /** How many are listed. */
  readonly limit: number;
}

interface Span {
  readonly name: string;
  milliseconds: number;
}

/** At the end: how long tasks or roles took, as the callbacks `profile_tasks` and `profile_roles` list them. */
export class Profile {
  private readonly sink: Sink;
  private readonly options: ProfileOptions;
  private readonly spans = new Map<string, Span>();
  private current: { readonly span: Span; readonly since: number } | undefined;

  constructor(sink: Sink, options: ProfileOptions) {
    this.sink = sink;
    this.options = options;
  }

  handle(event: Event): void {
    if (event.type === 'task-start') {
      this.stop(event.time);
      const { name, id } = event.task;
      const role = name.includes(' : ') ? name.split(' : ')[0]! : '(no role)';
      const key = this.options.by === 'role' ? role : String(id);
      const span = this.spans.get(key) ?? { name: this.options.by === 'role' ? role : name, milliseconds: 0 };
      this.spans.set(key, span);
      this.current = { span, since: event.time };
    }
    if (event.type === 'run-end') {
      this.stop(event.time);
      this.sink.out(`${'='.repeat(WIDTH)} \n${this.listed().map(lineOf).join('')}`);
    }
  }

  private stop(time: number): void {
    if (this.current) this.current.span.milliseconds += time - this.current.since;
    this.current = undefined;
  }

  private listed(): Span[] {
    const { order, limit } = this.options;
    const spans = [...this.spans.values()];
    if (order !== 'none') spans.sort((a, b) => b.milliseconds - a.milliseconds);
    const shown = spans.slice(0, limit);
    return order === 'ascending' ? shown.reverse() : shown;
  }
}

/** `name ------- 1.23s`, as wide as a line. */
function lineOf({ name, milliseconds }: Span): string {
  const left = `${printable(name, { multiline: false })} `;
  const right = ` ${(milliseconds / 1000).toFixed(2)}s`;
  return `${left}${'-'.repeat(Math.max(2, WIDTH - displayWidth(left) - right.length))}${right}\n`;
}
