import type { Event } from '../model/event.ts';
import { Float, type Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
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

/** Any event as dicts, lists and scalars. */
function plain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && !(value instanceof Float)) {
    if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, plain(entry)]));
    if (Array.isArray(value)) return value.map(plain);
    return new Map(Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, plain(entry)]])));
  }
  return value as Value;
}
