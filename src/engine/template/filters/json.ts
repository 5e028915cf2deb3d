import { Float, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, pyStr, truthy, typeName } from '../values.ts';
import { type DumpOptions, dumpJson } from './json/dump.ts';
import { parseJson } from './json/parse.ts';

// vault_to_text and preprocess_unsafe are accepted for old playbooks: there is nothing to choose here.
const OPTIONS = [
  'indent',
  'sort_keys',
  'separators',
  'ensure_ascii',
  'skipkeys',
  'allow_nan',
  'check_circular',
  'vault_to_text',
  'preprocess_unsafe',
] as const;

export const filters: Filters = {
  from_json(value) {
    if (value instanceof Uint8Array) return parseJson(Buffer.from(value).toString());
    if (typeof defined(value) === 'string') return parseJson(value as string);
    return fail(`the JSON object must be str, bytes or bytearray, not ${typeName(value)}`);
  },
  to_json(value, args, kwargs, { budget }) {
    const text = dumpJson(value, dumpOptions(bind(args, kwargs, OPTIONS, 'to_json')));
    budget.grow(text.length);
    return text;
  },
  to_nice_json(value, args, kwargs, { budget }) {
    const given = bind(args, kwargs, OPTIONS, 'to_nice_json');
    const text = dumpJson(value, dumpOptions({ indent: 4, sort_keys: true, ...given, separators: undefined }));
    budget.grow(text.length);
    return text;
  },
};

function dumpOptions(given: { [name in (typeof OPTIONS)[number]]?: Value | undefined }): DumpOptions {
  const { indent = null, sort_keys = false, separators, ensure_ascii = true } = given;
  const [itemSeparator, keySeparator] = Array.isArray(separators) ? separators.map(pyStr) : [];
  return {
    indent: indentOf(indent),
    sortKeys: truthy(sort_keys),
    ensureAscii: truthy(ensure_ascii),
    ...(itemSeparator !== undefined && { itemSeparator }),
    ...(keySeparator !== undefined && { keySeparator }),
  };
}

function indentOf(indent: Value): number | string | undefined {
  if (indent === null) return undefined;
  if (typeof indent === 'string') return indent;
  if (typeof indent === 'boolean' || typeof indent === 'number') return Number(indent);
  if (indent instanceof Float) return indent.value;
  return fail(`indent must be a number or text, not ${typeName(indent)}`);
}
