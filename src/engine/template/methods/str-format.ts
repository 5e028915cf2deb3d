import type { Value } from '../../model/value.ts';
import { dictGet } from '../values/equal.ts';
import { checkSize, fail } from '../values/fail.ts';
import { formatSpec } from '../values/format-spec.ts';
import { TemplateObject } from '../values/object.ts';
import { orElse } from '../values/presence.ts';
import { pyRepr, pyStr } from '../values/repr.ts';
import { itemAt } from '../values/sequence.ts';
import { typeName } from '../values/types.ts';

type Lookup = (field: string) => Value;

/** `text.format(...)`: replacement fields with indexes, attributes (own data only), conversions and nested specs. */
export function formatText(text: string, args: Value[], kwargs: ReadonlyMap<string, Value>): string {
  let automatic = 0;
  return expand(text, (field) => {
    if (field !== '' && !/^\d+$/.test(field)) return orElse(kwargs.get(field), () => fail(`KeyError: '${field}'`));
    const index = field === '' ? automatic++ : Number(field);
    return orElse(args[index], () => fail(`Replacement index ${index} out of range for positional args tuple`));
  });
}

/** `text.format_map(dict)`. */
export function formatMap(text: string, map: Value): string {
  if (!(map instanceof Map)) return fail('format_map() argument must be a mapping');
  return expand(text, (field) => orElse(dictGet(map, field), () => fail(`KeyError: '${field}'`)));
}

function expand(text: string, lookup: Lookup, depth = 0): string {
  if (depth > 2) fail('Max string recursion exceeded');
  let result = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if ((char === '{' || char === '}') && text[at + 1] === char) {
      result += char;
      at += 2;
    } else if (char === '}') {
      fail("Single '}' encountered in format string");
    } else if (char === '{') {
      const end = closing(text, at + 1);
      result += replaceField(text.slice(at + 1, end), lookup, depth);
      at = end + 1;
    } else {
      result += char;
      at += 1;
    }
    checkSize(result.length);
  }
  return result;
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return fail("expected '}' before end of string");
}

function replaceField(field: string, lookup: Lookup, depth: number): string {
  const match = /^([^.[!:]*)((?:\.[^.[!:]+|\[[^\]]+\])*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(field);
  if (!match) return fail(`invalid replacement field '{${field}}' in format string`);
  const [, name = '', path = '', conversion, spec = ''] = match;
  let value = lookup(name);
  for (const [, attribute, item] of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    value = attribute === undefined ? subscript(value, item ?? '') : member(value, attribute);
  }
  const converted = conversion === undefined ? value : conversion === 's' ? pyStr(value) : pyRepr(value);
  return formatSpec(converted, expand(spec, lookup, depth + 1));
}

function subscript(value: Value, key: string): Value {
  const index = /^\d+$/.test(key) ? Number(key) : key;
  if (value instanceof Map) return orElse(dictGet(value, index), () => fail(`KeyError: ${pyRepr(index)}`));
  if ((typeof value === 'string' || Array.isArray(value)) && typeof index === 'number') {
    return orElse(itemAt(value, index), () => fail(`${typeName(value)} index out of range`));
  }
  return fail(`'${typeName(value)}' object is not subscriptable`);
}

function member(value: Value, name: string): Value {
  const found = value instanceof TemplateObject ? value.attribute(name) : undefined;
  return orElse(found, () => fail(`'${typeName(value)}' object has no attribute '${name}'`));
}
