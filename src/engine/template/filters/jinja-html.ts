import { Undefined, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filter, Filters } from '../types.ts';
import { defined, fail, isIterable, iterate, pyRepr, pyStr, truthy } from '../values.ts';
import { escapeHtml, stripTags } from './text/html.ts';
import { toJsonScript } from './text/json-script.ts';
import { urlize } from './text/urlize.ts';

const escapeValue: Filter = (value) => escapeHtml(pyStr(value));

/** Jinja2's filters for HTML and URLs. */
export const filters: Filters = {
  e: escapeValue,
  escape: escapeValue,
  forceescape: escapeValue,
  pprint: (value) => pyRepr(value),
  safe: (value) => pyStr(value),
  striptags: (value) => stripTags(pyStr(value)),
  tojson: (value, args, kwargs) => toJsonScript(value, bind(args, kwargs, ['indent'], 'tojson').indent ?? null),
  urlencode(value) {
    if (typeof value === 'string' || !isIterable(defined(value))) return quoteUrl(pyStr(value), '/');
    const entries = value instanceof Map ? [...value] : iterate(value).map((pair) => [...iterate(pair)]);
    return entries
      .map((pair) => pair.map((part) => quoteUrl(pyStr(part as Value), '').replaceAll('%20', '+')).join('='))
      .join('&');
  },
  urlize: (value, args, kwargs) => urlize(pyStr(value), args, kwargs),
  xmlattr(value, args, kwargs) {
    const { autospace = true } = bind(args, kwargs, ['autospace'], 'xmlattr');
    if (!(value instanceof Map)) return fail('xmlattr needs a dict');
    const text = [...value].flatMap(attributeText).join(' ');
    return truthy(autospace) && text ? ` ${text}` : text;
  },
};

function attributeText([key, value]: [Value, Value]): string[] {
  if (value === null || value instanceof Undefined) return [];
  if (/[\s/>=]/.test(pyStr(key))) fail(`Invalid character in attribute name: ${pyRepr(key)}`);
  return [`${escapeHtml(pyStr(key))}="${escapeHtml(pyStr(value))}"`];
}

/** Percent-encodes all but letters, digits, `_.-~` and `safe`. */
export function quoteUrl(text: string, safe: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%2F/g, safe.includes('/') ? '/' : '%2F');
}
