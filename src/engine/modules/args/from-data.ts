import { TsplayError } from '../../model/errors.ts';
import type { Dict, Value } from '../../model/value.ts';
import { pyStr, truthy } from '../../template/values.ts';
import type { ArgRules, ArgSpec } from '../types.ts';

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
    ...(options instanceof Map ? { options: specsOf(options), rules: rulesOf(data) } : {}),
    ...(Array.isArray(choices) ? { choices: choices as (string | number | boolean)[] } : {}),
    ...(Array.isArray(aliases) ? { aliases: aliases.map(pyStr) } : {}),
  };
}

/** The rules between the members of a dict. What is no rule is left out. */
function rulesOf(data: Dict): ArgRules {
  const lists = (key: string): Value[][] => {
    const value = data.get(key);
    return Array.isArray(value) ? value.filter((entry) => Array.isArray(entry)) : [];
  };
  const names = (key: string) => lists(key).map((entry) => entry.map(pyStr));
  const conditions = lists('required_if').map(
    ([name = '', value = null, others = [], any = false]) =>
      [pyStr(name), value, Array.isArray(others) ? others.map(pyStr) : [], truthy(any)] as const,
  );
  const by = data.get('required_by');
  return {
    mutuallyExclusive: names('mutually_exclusive'),
    requiredTogether: names('required_together'),
    requiredOneOf: names('required_one_of'),
    requiredIf: conditions,
    requiredBy: Object.fromEntries(
      by instanceof Map ? [...by].map(([name, others]) => [pyStr(name), textsOf(others)]) : [],
    ),
  };
}

function textsOf(value: Value): string[] {
  return (Array.isArray(value) ? value : [value]).map(pyStr);
}

function typeOf(name: string, value: Value): ArgSpec['type'] {
  const type = TYPES.find((known) => known === value);
  if (type) return type;
  throw new TsplayError('module', `the argument spec of '${name}' has an unknown type '${pyStr(value)}'`, {
    hint: `known are ${TYPES.join(', ')}`,
  });
}
