import { TsplayError } from '../../model/errors.ts';
import type { Dict, Value } from '../../model/value.ts';
import { pyStr, truthy } from '../../template/values.ts';
import type { ArgSpec } from '../types.ts';

const TYPES: readonly ArgSpec['type'][] = [
  'str',
  'bool',
  'int',
  'float',
  'list',
  'dict',
  'path',
  'raw',
  'bytes',
  'bits',
  'json',
  'jsonarg',
];

/** Argument tables as content writes them (meta/argument_specs.yml). Throws TsplayError for what is no table. */
export function specsOf(data: Dict): Readonly<Record<string, ArgSpec>> {
  return Object.fromEntries([...data].map(([name, spec]) => [pyStr(name), specOf(pyStr(name), spec)]));
}

function specOf(name: string, data: Value): ArgSpec {
  if (data === null) return { type: 'str', doc: '' };
  if (!(data instanceof Map)) throw new TsplayError('module', `the argument spec of '${name}' is no dictionary`);
  const get = (key: string): Value => data.get(key) ?? null;
  const [elements, options, choices, aliases, fallback] = ['elements', 'options', 'choices', 'aliases', 'default'].map(
    get,
  ) as [Value, Value, Value, Value, Value];
  return {
    type: typeOf(name, get('type') ?? 'str'),
    doc: '',
    required: truthy(get('required')),
    noLog: truthy(get('no_log')),
    ...(fallback === null ? {} : { default: fallback }),
    ...(elements === null ? {} : { elements: typeOf(name, elements) }),
    ...(options instanceof Map ? { options: specsOf(options) } : {}),
    ...(Array.isArray(choices) ? { choices: choices as (string | number | boolean)[] } : {}),
    ...(Array.isArray(aliases) ? { aliases: aliases.map(pyStr) } : {}),
  };
}

function typeOf(name: string, value: Value): ArgSpec['type'] {
  const type = TYPES.find((known) => known === value);
  if (type) return type;
  throw new TsplayError('module', `the argument spec of '${name}' has an unknown type '${pyStr(value)}'`, {
    hint: `known are ${TYPES.join(', ')}`,
  });
}
