import type { Change } from '../../model/change.ts';
import type { Dict, Value } from '../../model/value.ts';
import type { Plan, Result } from '../types.ts';

/** A change's diff as `register` gets it, or an empty one. */
function diffEntry(change: Change | undefined): Dict {
  const { diff } = change ?? {};
  const entries: [Value, Value | undefined][] = [
    ['before', diff?.before],
    ['after', diff?.after],
    ['before_header', diff?.beforeHeader],
    ['after_header', diff?.afterHeader],
  ];
  return new Map(entries.filter((entry): entry is [Value, Value] => entry[1] !== undefined));
}

/** The plan with `diff` among its results, as a list of one entry a change, where diffs are wanted. */
export function withDiffList(plan: Plan, wanted: boolean): Plan {
  if (!wanted || plan.failed !== undefined) return plan;
  const entries = plan.changes.filter((change) => change.diff !== undefined).map(diffEntry);
  return { ...plan, result: { ...plan.result, diff: entries } };
}

/** The same with one entry instead of a list. */
export function withDiff(plan: Plan, wanted: boolean): Plan {
  if (!wanted || plan.failed !== undefined) return plan;
  return { ...plan, result: { ...plan.result, diff: diffEntry(plan.changes.find((change) => change.diff)) } };
}

/** All changes of one path in one entry, which is there even if nothing changes: what `file` returns. */
export function mergedDiff(changes: readonly Change[], path: string): Result {
  const sides = { before: new Map<Value, Value>([['path', path]]), after: new Map<Value, Value>([['path', path]]) };
  for (const { diff } of changes) {
    if (!(diff?.before instanceof Map && diff.after instanceof Map) || diff.after.get('path') !== path) continue;
    for (const [key, value] of diff.before) sides.before.set(key, value);
    for (const [key, value] of diff.after) sides.after.set(key, value);
  }
  return { diff: new Map<Value, Value>(Object.entries(sides)) };
}
