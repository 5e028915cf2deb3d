import { Deferred } from '../model/value.ts';

/**
 * All templates and conditions within a value, however deep. Items of plays (blocks, tasks, roles in them) are left out:
 * they are walked on their own. `seen` keeps what YAML aliases share from being walked again.
 */
export function* deferredIn(value: unknown, seen: Set<object>): Generator<Deferred> {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Deferred) yield next;
    else if (Array.isArray(next)) for (const inner of next) open.push(inner);
    else if (next instanceof Map) for (const inner of next.values()) open.push(inner);
    else if (!('kind' in next)) for (const inner of Object.values(next)) open.push(inner);
  }
}
