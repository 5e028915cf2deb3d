import { isTuple, LazyDict, type Value } from '../model/value.ts';

/** The value with lists in the place of tuples, at any depth: modules and loops have plain data. */
export function asData(value: Value): Value {
  if (Array.isArray(value)) return value.some(isNested) || isTuple(value) ? value.map(asData) : value;
  if (!(value instanceof Map) || value instanceof LazyDict || ![...value.values()].some(isNested)) return value;
  return new Map([...value].map(([key, entry]) => [key, asData(entry)]));
}

function isNested(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map;
}
