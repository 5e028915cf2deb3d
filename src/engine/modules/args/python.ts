import { Float, isTuple, type Raw, Undefined } from '../../model/value.ts';

/** The Python type that messages name: `<class 'str'>`. */
export function typeName(value: Raw): string {
  return `<class '${plainTypeName(value)}'>`;
}

function plainTypeName(value: Raw): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof Float) return 'float';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Map) return 'dict';
  if (Array.isArray(value)) return isTuple(value as never) ? 'tuple' : 'list';
  return value instanceof Undefined ? 'Undefined' : 'object';
}
