import type { Value } from '../model/value.ts';
import { toValue } from '../yaml/to-value.ts';
import { findInCollection, splitFullName } from './collections.ts';
import type { Site } from './site.ts';

/** Kinds of plugin that a collection's meta/runtime.yml may send elsewhere. */
export type RoutedKind = 'modules' | 'action' | 'filter' | 'lookup' | 'test';

/** Where a name leads in the end, and what was said on the way. */
export interface Route {
  readonly name: string;
  /** Why there is nothing under the name any more. */
  readonly removed?: string | undefined;
  readonly deprecations: readonly string[];
}

/** A collection may send a name on; this many times, as nobody writes more by hand. */
const FARTHEST = 20;

/** Follows what the collections on disk say of a full name (`redirect`, `tombstone`, `deprecation`). */
export function routeOf(site: Site, kind: RoutedKind, written: string): Route {
  const deprecations: string[] = [];
  const seen = [written];
  for (let name = written; ; ) {
    const entry = entryOf(site, kind, name);
    const notice = textOf(entry?.get('deprecation'));
    if (notice !== undefined) deprecations.push(`${name} is deprecated${notice}`);
    const gone = textOf(entry?.get('tombstone'));
    if (gone !== undefined) return { name, removed: `${name} has been removed${gone}`, deprecations };
    const next = entry?.get('redirect');
    if (typeof next !== 'string') return { name, deprecations };
    if (seen.includes(next) || seen.length > FARTHEST) {
      return { name, removed: `plugin redirect loop: ${[...seen, next].join(' -> ')}`, deprecations };
    }
    seen.push(next);
    name = next;
  }
}

function entryOf(site: Site, kind: RoutedKind, name: string): ReadonlyMap<Value, Value> | undefined {
  const full = splitFullName(name);
  if (!full || full.collection.startsWith('ansible.builtin') || full.collection === 'ansible.legacy') return undefined;
  const routing = runtimeOf(site, full.collection)?.get('plugin_routing');
  const ofKind = routing instanceof Map ? routing.get(kind) : undefined;
  const entry = ofKind instanceof Map ? ofKind.get(full.rest) : undefined;
  return entry instanceof Map ? entry : undefined;
}

function runtimeOf(site: Site, collection: string): ReadonlyMap<Value, Value> | undefined {
  const path = findInCollection(site, collection, 'meta', 'runtime.yml');
  const node = path === undefined ? undefined : site.loader.read(path);
  const content = node && toValue(node);
  return content instanceof Map ? (content as ReadonlyMap<Value, Value>) : undefined;
}

/** `: text (version 2.0)`, or empty where the entry says nothing; undefined where there is no such entry. */
function textOf(entry: Value | undefined): string | undefined {
  if (!(entry instanceof Map)) return undefined;
  const [text, version, date] = ['warning_text', 'removal_version', 'removal_date'].map((key) => entry.get(key));
  const when = version ?? date;
  return `${typeof text === 'string' ? `: ${text}` : ''}${when === undefined || when === null ? '' : ` (${String(when)})`}`;
}
