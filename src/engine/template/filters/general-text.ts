import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, pyStr, truthy, typeName } from '../values.ts';
import { parseCsv } from './csv/parse.ts';
import { parseIni } from './ini/parse.ts';
import { randomSource } from './random.ts';

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'];
const DIALECTS: ReadonlyMap<string, string> = new Map([
  ['excel', ','],
  ['excel-tab', '\t'],
  ['unix', ','],
]);

/** Filters of community.general for text. */
export const filters: Filters = {
  crc32: (value) => crc32(pyStr(value)).toString(16),
  from_csv(value, args, kwargs) {
    const names = ['dialect', 'fieldnames', 'delimiter', 'skipinitialspace', 'strict'] as const;
    const {
      dialect = 'excel',
      fieldnames = null,
      delimiter = null,
      skipinitialspace = false,
    } = bind(args, kwargs, names, 'from_csv');
    const usual =
      DIALECTS.get(pyStr(dialect)) ?? fail(`Dialect '${pyStr(dialect)}' is not supported by your version of python.`);
    const rows = parseCsv(pyStr(value), {
      delimiter: delimiter === null ? usual : pyStr(delimiter),
      skipInitialSpace: truthy(skipinitialspace),
    }).filter((row) => row.length > 0);
    const header = Array.isArray(fieldnames) ? fieldnames.map(pyStr) : (rows.shift() ?? []);
    return rows.map((row) => new Map<Value, Value>(header.map((name, index) => [name, row[index] ?? null])));
  },
  from_ini(value) {
    const sections = parseIni(pyStr(value), { caseSensitive: true });
    return new Map<Value, Value>([...sections].map(([name, options]) => [name, new Map<Value, Value>(options)]));
  },
  random_mac(value, args, kwargs) {
    const { seed = null } = bind(args, kwargs, ['seed'], 'random_mac');
    const prefix = pyStr(value).toLowerCase();
    const parts = prefix.split(':');
    if (parts.length > 5) fail(`Invalid value (${prefix}) for random_mac: 5 colon(:) separated items max`);
    const wrong = parts.find((part) => !/^[a-f\d]{2}/.test(part));
    if (wrong !== undefined)
      fail(`Invalid value (${prefix}) for random_mac: ${wrong === '' ? 'empty item' : `${wrong} not hexa byte`}`);
    // From 0x1000000000 on, so that there are always ten digits.
    const [low, high] = [0x1000000000, 0xffffffffff];
    const number = low + (seed === null ? randomInt(high - low) : randomSource(seed).below(high - low + 1));
    return (
      prefix +
      number
        .toString(16)
        .slice(0, 2 * (6 - parts.length))
        .replace(/(..)/g, ':$1')
    );
  },
  to_ini(value) {
    if (!(value instanceof Map)) return fail('to_ini requires a dict of dicts');
    if (value.size === 0) fail('to_ini received an empty dict. An empty dict cannot be converted.');
    const sections = [...value].map(([name, options]) => {
      if (!(options instanceof Map)) return fail(`to_ini: section ${pyStr(name)} is no dict`);
      return [
        `[${pyStr(name)}]`,
        ...Array.from(options, ([key, item]) => `${pyStr(key)} = ${pyStr(item).replaceAll('\n', '\n\t')}`),
        '',
        '',
      ].join('\n');
    });
    return sections.join('');
  },
  unicode_normalize(value, args, kwargs) {
    const form = pyStr(bind(args, kwargs, ['form'], 'unicode_normalize').form ?? 'NFC');
    if (typeof defined(value) !== 'string') fail(`<class '${typeName(value)}'> is not a valid input type`);
    return FORMS.includes(form) ? pyStr(value).normalize(form) : fail(`${form} is not a valid form`);
  },
};
