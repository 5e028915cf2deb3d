import type { Dict, Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { emitYaml } from '../../template/filters/yaml/emit.ts';
import { plain } from '../plain.ts';
import { printable } from '../printable.ts';
import { readable } from './readable.ts';

export interface DumpOptions {
  readonly verbosity: number;
  readonly format?: 'json' | 'yaml' | undefined;
  readonly pretty?: boolean | undefined;
  /** The result is the point of the task (`debug`): over several lines whatever else is asked. */
  readonly always?: boolean;
}

// The status is in the line already, warnings are lines of their own.
const NEVER = new Set(['failed', 'skipped', 'warnings', 'deprecations', 'exception']);
const VERBOSE = new Set(['invocation', 'diff']);
const INDENT = 4;

/** A result as Ansible's default callback shows it: `{"changed": false, "msg": "..."}`, or YAML on lines of its own. */
export function dumpResult(result: Dict, { verbosity, format = 'json', pretty, always = false }: DumpOptions): string {
  const shown = visible(result, verbosity);
  const several = pretty ?? (always || format === 'yaml' || verbosity > 2);
  if (format === 'json') return printable(dump(shown, several ? INDENT : undefined));
  const lossy = pretty !== false;
  if (lossy) omitLines(shown);
  const value = plain(lossy ? readable(shown) : shown);
  const text = emitYaml(value, { flow: false, literal: true, ...(several ? { indent: INDENT } : {}) });
  return `\n${printable(text.replace(/^(?=.*\S)/gm, ' '.repeat(INDENT)))}`;
}

/** On one line, with the blanks that Ansible leaves there. */
export function dumpStats(stats: Dict): string {
  return printable(dump(visible(stats, 0), 1).replaceAll('\n', ''));
}

/** `debug` shows its message or variable and nothing else. */
export function debugResult(result: Dict): Dict {
  const message = result.has('msg');
  return new Map(
    [...result].filter(([key]) => (message ? DEBUG_MESSAGE.has(String(key)) : !DEBUG_HIDDEN.has(String(key)))),
  );
}

const DEBUG_MESSAGE = new Set(['msg', 'exception', 'warnings', 'deprecations']);
const DEBUG_HIDDEN = new Set(['changed', 'failed', 'skipped', 'invocation', 'skip_reason']);

function visible(result: Dict, verbosity: number): Map<Value, Value> {
  const shown = new Map<Value, Value>();
  for (const [key, value] of result) {
    const name = String(key);
    if (NEVER.has(name) || (verbosity < 3 && VERBOSE.has(name)) || isInternal(key)) continue;
    shown.set(key, withoutInternal(value));
  }
  return shown;
}

function withoutInternal(value: Value): Value {
  if (Array.isArray(value)) return value.some(isNested) ? value.map(withoutInternal) : value;
  if (!(value instanceof Map)) return value;
  return new Map([...value].flatMap(([key, entry]) => (isInternal(key) ? [] : [[key, withoutInternal(entry)]])));
}

function isNested(value: Value): boolean {
  return value instanceof Map || Array.isArray(value);
}

function isInternal(key: Value): boolean {
  return typeof key === 'string' && key.startsWith('_ansible_');
}

function dump(value: Map<Value, Value>, indent: number | undefined): string {
  return dumpJson(plain(value), { sortKeys: true, ensureAscii: false, indent });
}

/** Text and its lines say the same twice. */
function omitLines(shown: Map<Value, Value>): void {
  for (const name of ['stdout', 'stderr']) {
    if (shown.has(name) && shown.has(`${name}_lines`)) shown.set(`${name}_lines`, '<omitted>');
  }
}
