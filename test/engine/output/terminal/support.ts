import { stripVTControlCharacters } from 'node:util';
import type { Event } from '../../../../src/engine/model/event.ts';
import type { Sink } from '../../../../src/engine/output/sink.ts';
import { type TerminalOptions, TerminalOutput } from '../../../../src/engine/output/terminal/terminal.ts';
import { memorySink } from '../support.ts';

export const SOURCE = `- hosts: all
  tasks:
    - name: Install
      command: "false"
      vars:
        deep: 1

    - name: Next
      command: "true"
`;

/** What a terminal shows after these events, without the blank lines around. */
export function screen(
  events: readonly Event[],
  options: Partial<TerminalOptions> = {},
  sink: Partial<Sink> = {},
): string {
  const memory = memorySink({ columns: 80, ...sink });
  const output = new TerminalOutput(memory, { verbosity: 0, readSource: () => SOURCE, now: () => 5000, ...options });
  for (const event of events) output.handle(event);
  return memory.written.out;
}

/** The lines below the heading of the play. */
export function body(
  events: readonly Event[],
  options: Partial<TerminalOptions> = {},
  sink: Partial<Sink> = {},
): string[] {
  const lines = stripVTControlCharacters(screen(events, options, sink))
    .trimEnd()
    .split('\n');
  const heading = lines.findIndex((line) => /^[─-]{2} /.test(line));
  return lines.slice(heading + 1);
}
