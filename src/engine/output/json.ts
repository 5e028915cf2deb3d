import type { Event } from '../model/event.ts';
import type { Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
import { plain } from './plain.ts';
import type { Sink } from './sink.ts';

/** Events for programs: a line each (`ndjson`), or all of them as one document when the run has ended (`json`). */
export class JsonOutput {
  private readonly sink: Sink;
  private readonly lines: boolean;
  private readonly events: Value[] = [];

  constructor(sink: Sink, { lines }: { readonly lines: boolean }) {
    this.sink = sink;
    this.lines = lines;
  }

  handle(event: Event): void {
    const value = plain(event);
    if (this.lines) {
      this.sink.out(`${dumpJson(value)}\n`);
      return;
    }
    this.events.push(value);
    if (event.type === 'run-end') this.sink.out(`${dumpJson(new Map([['events', this.events]]), { indent: 2 })}\n`);
  }
}
