import type { HostResult, ItemResult } from '../../model/event.ts';
import type { Dict } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import { plain } from '../plain.ts';
import { printable } from '../printable.ts';
import { cut } from '../width.ts';
import { type Frame, inline, paragraph } from './frame.ts';

/** Lines kept of what a command said; the end is where the error stands. */
const TAIL = 15;
const NO_NEWS = new Set(['non-zero return code', 'MODULE FAILURE']);

/** Why it failed, for people: the message, the exit code, and what the command said. */
export function failureLines({ result, status }: HostResult | ItemResult, frame: Frame, indent: string): string[] {
  const { theme } = frame;
  const message = textOf(result, 'msg') ?? textOf(result, 'reason') ?? textOf(result, 'censored') ?? '';
  const code = result.get('rc');
  const exit = typeof code === 'number' && code !== 0 ? `exit code ${code}` : '';
  const said = exit && (message === '' || NO_NEWS.has(message)) ? exit : message || 'failed without a message';
  const assertion = textOf(result, 'assertion');
  const lines = paragraph(said, frame, indent, theme.status[status === 'unreachable' ? 'unreachable' : 'failed']);
  if (assertion !== undefined) lines.push(...paragraph(`assertion: ${assertion}`, frame, indent));
  for (const name of ['stderr', 'stdout', 'module_stderr'] as const) {
    const text = textOf(result, name);
    // What the message says already needs no second telling.
    if (text?.trim() && !message.includes(text.trim())) lines.push(...streamLines(name, text, frame, indent));
  }
  return lines;
}

/** One line for a failure that nobody minds. */
export function briefFailure({ result }: HostResult | ItemResult, frame: Frame, indent: string): string[] {
  const said =
    textOf(result, 'stderr')?.trim() ||
    textOf(result, 'msg')?.trim() ||
    textOf(result, 'reason')?.trim() ||
    textOf(result, 'censored') ||
    '';
  const text = inline(said.split('\n').at(-1)!);
  return text ? [indent + frame.theme.faint(cut(text, frame.width - indent.length))] : [];
}

function streamLines(name: string, text: string, frame: Frame, indent: string): string[] {
  const { theme } = frame;
  const all = printable(text.trimEnd()).split('\n');
  const kept = frame.verbosity > 0 ? all : all.slice(-TAIL);
  const left = all.length - kept.length;
  const head = left > 0 ? `${name}, last ${kept.length} of ${all.length} lines (-v shows all)` : name;
  const bar = `${indent}${theme.faint(theme.gutter)} `;
  const inner = { ...frame, width: frame.width - indent.length - 2 };
  return [
    `${indent}${theme.faint(head)}`,
    ...kept.flatMap((line) => (line === '' ? [bar.trimEnd()] : paragraph(line, inner, '').map((part) => bar + part))),
  ];
}

function textOf(result: Dict, name: string): string | undefined {
  const value = result.get(name);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : pyStr(plain(value));
}
