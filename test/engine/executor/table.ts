import { describe, expect, test } from '@jest/globals';
import { messages, type Ran, runFiles } from './support.ts';

/** One behaviour of the language: a small playbook, and what it does. */
export interface Case {
  readonly name: string;
  /** Tasks of one play on hosts a, b and c without facts; or whole files, of which play.yml is run. */
  readonly tasks?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Keywords of the play around `tasks`. */
  readonly play?: string;
  readonly args?: readonly string[];
  /** What debug said, as `host: message`. */
  readonly says?: readonly string[];
  /** Exit code; 0 unless said otherwise. */
  readonly code?: number;
  /** Counters of hosts: `a ok=1 changed=0`. Those that are not named are not compared. */
  readonly recap?: readonly string[];
  /** Lines that must be printed, in this order. */
  readonly lines?: readonly string[];
}

/** Runs each case over the local connection. */
export function tabulate(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const one of cases) test(one.name, async () => check(one, await runFiles(filesOf(one), one.args)));
  });
}

function filesOf({ tasks, files = {}, play = '' }: Case): Record<string, string> {
  if (tasks === undefined) return { ...files };
  const keywords = indent(`hosts: all\ngather_facts: false\n${play}`, '  ').trimStart();
  return { ...files, 'play.yml': `- ${keywords}\n  tasks:\n${indent(tasks, '    ')}\n` };
}

function indent(text: string, by: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const least = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return lines.map((line) => (line.trim() ? by + line.slice(least) : '')).join('\n');
}

function check(expected: Case, ran: Ran): void {
  if (expected.says) expect(messages(ran)).toEqual(expected.says);
  for (const line of expected.recap ?? []) {
    const [host, ...counters] = line.split(' ');
    const recap = ran.recap.get(host!);
    const seen = counters.map((counter) => {
      const name = counter.split('=')[0] as keyof typeof recap;
      return `${name}=${recap?.[name]}`;
    });
    expect([host, ...seen].join(' ')).toBe(line);
  }
  let from = 0;
  for (const line of expected.lines ?? []) {
    const at = ran.lines.findIndex((printed, index) => index >= from && printed.includes(line));
    expect(at < 0 ? ran.lines : line).toBe(line);
    from = at + 1;
  }
  expect(ran.code).toBe(expected.code ?? 0);
}
