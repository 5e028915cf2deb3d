import type { Position } from '../../../model/source.ts';
import type { Value } from '../../../model/value.ts';
import { safeGroupName } from '../../group-names.ts';
import { failSource } from '../source.ts';
import { tagsOf } from './machines.ts';
import type { Resource } from './state.ts';

/**
 * The host's name by the first of the wishes that the resource can fulfil: an attribute, `tag:Name`, `tag:Name=value`, or
 * a dictionary of `name`, `prefix` and `separator`; a text that is none of these stands for itself. Without wishes it is
 * `TYPE_NAME`. Throws TsplayError for a wish without a name.
 */
export function preferredName(resource: Resource, wishes: Value | undefined, position: Position): string | undefined {
  const list = Array.isArray(wishes) ? wishes : [];
  const name = list.length === 0 ? plainName(resource) : firstOf(list, (wish) => wished(resource, wish, position));
  return name?.includes(':') ? safeGroupName(name) : name;
}

/** Several instances of one resource need names of their own. */
function plainName({ type, name, index }: Resource): string {
  return `${type}_${name}${index === undefined ? '' : `_${index}`}`;
}

function wished(resource: Resource, wish: Value, position: Position): string | undefined {
  if (wish instanceof Map) {
    if (!wish.has('name')) failSource("a 'name' must be given in a dictionary of hostnames", position);
    const name = wished(resource, wish.get('name')!, position);
    const prefix = wish.has('prefix') ? wished(resource, wish.get('prefix')!, position) : undefined;
    return name && prefix ? `${prefix}${String(wish.get('separator') ?? '_')}${name}` : name;
  }
  const text = String(wish);
  if (text.startsWith('tag:')) return firstOf(text.slice(4).split(','), (tag) => tagged(resource, tag));
  const attribute = resource.attributes.get(text);
  if (attribute === undefined) return text;
  return attribute === null || attribute === '' ? undefined : String(attribute);
}

function tagged(resource: Resource, tag: string): string | undefined {
  const [key = '', value] = tag.split('=', 2);
  const found = tagsOf(resource).get(key);
  if (value === undefined) return found || undefined;
  return found === value ? `${key}_${value}` : undefined;
}

function firstOf<T>(list: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of list) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
