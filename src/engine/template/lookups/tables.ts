import type { Value } from '../../model/value.ts';
import { parseCsv } from '../filters/csv/parse.ts';
import { type IniSections, parseIni } from '../filters/ini/parse.ts';
import { match } from '../regex.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { requireFile } from './files.ts';
import { parseInline, withInline } from './inline.ts';
import { boolOption, numberOption, textOption } from './options.ts';
import { findFile } from './search.ts';

type Options = ReadonlyMap<string, Value>;

const CSV_OPTIONS = ['col', 'default', 'delimiter', 'encoding', 'file', 'keycol'];
const INI_OPTIONS = [
  'allow_no_value',
  'allow_none',
  'case_sensitive',
  'default',
  'encoding',
  'file',
  'interpolation',
  're',
  'section',
  'type',
];

export const lookups: Lookups = {
  csvfile(terms, options, context) {
    if (terms.length === 0) fail('Search key is required but was not found');
    return terms.flatMap((term) => lookCsv(pyStr(term), options, context));
  },
  ini(terms, options, context) {
    return terms.flatMap((term) => lookIni(pyStr(term), options, context));
  },
};

function lookCsv(term: string, given: Options, { scope: { world } }: Context): Value[] {
  const inline = parseInline(term, CSV_OPTIONS, 'csvfile');
  if (!inline.text) fail('Search key is required but was not found');
  const options = withInline(given, inline);
  const delimiter = textOption(options, 'delimiter', 'TAB');
  const file = textOption(options, 'file', 'ansible.csv');
  const path = findFile(world, 'files', file) ?? fail(`csvfile: No such file or directory: '${file}'`);
  const rows = parseCsv(world.readFile(path).toString(), { delimiter: delimiter === 'TAB' ? '\t' : delimiter });
  const keyColumn = numberOption(options, 'keycol', 0);
  for (const row of rows) {
    if (row.length === 0) continue;
    if (keyColumn >= row.length)
      return fail('csvfile: list index out of range', `column ${keyColumn} of ${row.length}`);
    if (row[keyColumn] !== inline.text) continue;
    const column = numberOption(options, 'col', 1);
    return [row[column] ?? fail('csvfile: list index out of range', `column ${column} of ${row.length}`)];
  }
  const fallback = options.get('default') ?? null;
  return fallback === null ? [] : ([fallback].flat() as Value[]);
}

function lookIni(term: string, given: Options, { scope: { world } }: Context): Value[] {
  const inline = /[=\s]/.test(term.trim()) ? parseInline(term, INI_OPTIONS, 'ini') : { text: term, options: new Map() };
  const options = withInline(given, inline);
  const properties = textOption(options, 'type', 'ini') === 'properties';
  const file = textOption(options, 'file', 'ansible.ini');
  const text = world.readFile(requireFile(file, 'files', 'ini', world)).toString();
  const sections = parseIni(properties ? `[java_properties]\n${text}` : text, {
    caseSensitive: boolOption(options, 'case_sensitive', false),
    allowNoValue: boolOption(options, 'allow_no_value', boolOption(options, 'allow_none', false)),
  });
  const name = properties ? 'java_properties' : textOption(options, 'section', 'global');
  const section = sections.get(name) ?? fail(`No section '${name}' in ${file}`);
  const value = (text: string | null) =>
    boolOption(options, 'interpolation', true) ? interpolate(text, section) : text;
  if (boolOption(options, 're', false)) {
    return [...section].filter(([key]) => match(inline.text, key)).map(([, text]) => value(text));
  }
  const key = boolOption(options, 'case_sensitive', false) ? inline.text : inline.text.toLowerCase();
  const found = section.get(key);
  if (found === null) return [];
  return found === undefined ? ([options.get('default') ?? ''].flat() as Value[]) : [value(found)];
}

/** `%(key)s` stands for another key's value, `%%` for a percent sign. */
function interpolate(
  text: string | null,
  section: NonNullable<ReturnType<IniSections['get']>>,
  depth = 0,
): string | null {
  if (text === null) return null;
  if (depth > 10) return fail('an INI value refers to itself');
  return text.replace(/%(?:%|\(([^)]+)\)s)/g, (token, name?: string) => {
    if (name === undefined) return '%';
    const value = section.get(name.toLowerCase()) ?? fail(`an INI value names '${name}', which is not there`);
    return interpolate(value, section, depth + 1) ?? token;
  });
}
