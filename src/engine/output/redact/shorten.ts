import { LazyDict, type Value } from '../../model/value.ts';

/** Characters of one text that are shown; a host may print more than any report can hold. */
const LONGEST = 500_000;
/** Members of one list that are shown. */
const MOST = 50_000;

/** The same with lists cut, so that nobody has to look through millions of lines. */
export function cutLists(value: Value): Value {
  return mapped(value, (inner) => {
    if (!Array.isArray(inner) || inner.length <= MOST) return inner;
    return [...inner.slice(0, MOST), `... ${inner.length - MOST} more`];
  });
}

/** The same with texts cut. To be used when secrets are gone: half of one would not be known again. */
export function cutTexts(value: Value): Value {
  return mapped(value, (inner) => {
    if (typeof inner !== 'string' || inner.length <= LONGEST) return inner;
    return `${inner.slice(0, LONGEST / 2)}\n... ${inner.length - LONGEST} characters left out ...\n${inner.slice(-LONGEST / 2)}`;
  });
}

/** Changes a value and then what is inside; the same object where nothing changed. */
function mapped(value: Value, change: (value: Value) => Value): Value {
  const changed = change(value);
  if (Array.isArray(changed)) {
    const members = changed.map((member) => mapped(member, change));
    return members.some((member, index) => member !== changed[index]) ? members : changed;
  }
  if (!(changed instanceof Map) || changed instanceof LazyDict) return changed;
  const entries = [...changed].map(([key, entry]) => [key, entry, mapped(entry, change)] as const);
  if (entries.every(([, before, after]) => before === after)) return changed;
  return new Map(entries.map(([key, , after]) => [key, after]));
}
