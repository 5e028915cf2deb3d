import type { Dict, Value } from '../../model/value.ts';
import { emitYaml } from '../../template/filters/yaml/emit.ts';
import { plain } from '../plain.ts';
import { printable } from '../printable.ts';
import { type Frame, paragraph } from './frame.ts';

/** A value as people like to read it: text as it is, all else as YAML. */
export function valueLines(value: Value, frame: Frame, indent: string): string[] {
  if (typeof value === 'string') return paragraph(value, frame, indent);
  const nested = (Array.isArray(value) && value.length > 0) || (value instanceof Map && value.size > 0);
  const text = emitYaml(displayable(plain(value)), {
    flow: !nested,
    literal: true,
    sortKeys: false,
    width: frame.width,
  });
  return printable(text.trimEnd().replace(/\n\.\.\.$/, ''))
    .split('\n')
    .map((line) => indent + line);
}

/** Texts as they can be shown in blocks: controls as escapes, no blanks at the ends of lines. */
function displayable(value: Value): Value {
  if (typeof value === 'string') return value.includes('\n') ? block(value) : value;
  if (Array.isArray(value)) return value.map(displayable);
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, displayable(entry)]));
  return value;
}

function block(text: string): string {
  return printable(text.replaceAll('\t', '    ')).replace(/ +$/gm, '').trimEnd();
}

const QUIET = new Set([
  'failed',
  'skipped',
  'warnings',
  'deprecations',
  'diff',
  'stdout_lines',
  'stderr_lines',
  'results',
]);

/** A result for `-v`: the lines of a text twice over, and what the summary says already, left out. */
export function resultLines(result: Dict, frame: Frame, indent: string): string[] {
  const shown = new Map(
    [...result].filter(([key]) => !QUIET.has(String(key)) && (frame.verbosity > 2 || key !== 'invocation')),
  );
  return shown.size === 0 ? [] : valueLines(shown, frame, indent).map((line) => frame.theme.faint(line));
}
