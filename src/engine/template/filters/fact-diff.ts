import { structuredPatch } from 'diff';
import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { match } from '../regex.ts';
import type { Filters } from '../types.ts';
import { defined, dictGet, fail, iterate, pyRepr, pyStr, truthy } from '../values.ts';
import { dumpJson } from './json/dump.ts';

/** Characters; beyond this the comparison takes too long. */
const LARGEST = 500_000;
const NATIVE = 'ansible.utils.native';

export const filters: Filters = {
  fact_diff(value, args, kwargs) {
    const names = ['after', 'plugin', 'common'] as const;
    const { after = null, plugin = null, common = false } = bind(args, kwargs, names, 'fact_diff', 1);
    const name = (plugin instanceof Map && dictGet(plugin, 'name')) || NATIVE;
    if (name !== NATIVE) fail(`fact_diff: unknown plugin ${pyRepr(name)}`, `only ${NATIVE} is known`);
    const skipped = skippedLines(plugin);
    const lines = diffLines(textOf(value, skipped), textOf(after, skipped));
    const shown = truthy(common) ? lines.filter((line) => !/^[-+]/.test(line)) : lines;
    // Ansible hands the list over as text.
    return pyRepr(lines.length ? [...shown, ''] : []);
  },
};

function skippedLines(plugin: Value): string[] {
  const vars = plugin instanceof Map ? dictGet(plugin, 'vars') : undefined;
  const lines = vars instanceof Map ? (dictGet(vars, 'skip_lines') ?? null) : null;
  return lines === null ? [] : iterate(lines).map(pyStr);
}

/** A fact as lines: the members of a list, the text itself, anything else as JSON. */
function textOf(fact: Value, skipped: readonly string[]): string {
  const value = skipped.length && typeof fact === 'string' ? fact.split(/\r?\n/) : defined(fact);
  if (Array.isArray(value)) {
    const kept = value.map(pyStr).filter((line) => !skipped.some((pattern) => match(pattern, line)));
    return `${kept.join('\n')}\n`;
  }
  if (value instanceof Map) return `${dumpJson(value, { indent: 4, sortKeys: true })}\n`;
  if (value === null) return '';
  return typeof value === 'string' ? value : fail(`fact_diff: cannot compare ${pyRepr(value)}`);
}

/** A unified diff that shows all lines. */
function diffLines(before: string, after: string): string[] {
  if (before.length + after.length > LARGEST) fail('fact_diff: the facts are too large to compare');
  const context = Math.max(before.split('\n').length, after.split('\n').length);
  const { hunks } = structuredPatch('before', 'after', before, after, '', '', { context });
  if (hunks.length === 0) return [];
  const body = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${span(oldStart, oldLines)} +${span(newStart, newLines)} @@`,
    ...lines,
  ]);
  return ['--- before', '+++ after', ...body];
}

function span(start: number, count: number): string {
  return count === 1 ? String(start) : `${count === 0 ? Math.max(0, start - 1) : start},${count}`;
}
