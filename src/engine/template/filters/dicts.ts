import { type Dict, Undefined, type Value } from '../../model/value.ts';
import { getItem } from '../access.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, dictGet, dictSet, fail, iterate, orElse, pyRepr, pyStr, truthy, typeName } from '../values.ts';

export const filters: Filters = {
  dict2items(value, args, kwargs) {
    const { key_name = 'key', value_name = 'value' } = bind(args, kwargs, ['key_name', 'value_name'], 'dict2items');
    if (!(defined(value) instanceof Map))
      fail(`dict2items requires a dictionary, got <class '${typeName(value)}'> instead.`);
    return [...(value as Dict)].map(
      ([key, item]): Dict =>
        new Map([
          [key_name, key],
          [value_name, item],
        ]),
    );
  },
  items2dict(value, args, kwargs) {
    const { key_name = 'key', value_name = 'value' } = bind(args, kwargs, ['key_name', 'value_name'], 'items2dict');
    if (!Array.isArray(defined(value))) fail(`items2dict requires a list, got <class '${typeName(value)}'> instead.`);
    const result: Dict = new Map();
    for (const item of value as Value[]) {
      if (!(item instanceof Map) && !Array.isArray(item))
        return fail(`items2dict requires a list of dictionaries, got ${pyRepr(value)} instead.`);
      const [key, member] = [getItem(item, key_name), getItem(item, value_name)];
      if (key instanceof Undefined || member instanceof Undefined) {
        const wanted = `the keys '${pyStr(key_name)}' and '${pyStr(value_name)}'`;
        return fail(
          `items2dict requires each dictionary in the list to contain ${wanted}, got ${pyRepr(value)} instead.`,
        );
      }
      dictSet(result, key, member);
    }
    return result;
  },
  extract(item, args, kwargs) {
    const { container = null, morekeys = null } = bind(args, kwargs, ['container', 'morekeys'], 'extract', 1);
    const more = morekeys === null ? [] : Array.isArray(morekeys) ? morekeys : [morekeys];
    return [item, ...more].reduce(getItem, container);
  },
  rekey_on_member(value, args, kwargs) {
    const { key = null, duplicates = 'error' } = bind(args, kwargs, ['key', 'duplicates'], 'rekey_on_member', 1);
    if (duplicates !== 'error' && duplicates !== 'overwrite') {
      fail(`duplicates parameter to rekey_on_member has unknown value: ${pyStr(duplicates)}`);
    }
    if (typeof defined(value) === 'string') fail('Type is not a valid list, set, or dict');
    const result: Dict = new Map();
    for (const item of value instanceof Map ? value.values() : iterate(value)) {
      if (!(item instanceof Map)) return fail('List item is not a valid dict');
      const member = orElse(dictGet(item, key), () => fail(`Key ${pyStr(key)} was not found`));
      const known = dictGet(result, member);
      if (known !== undefined && truthy(known) && duplicates === 'error') {
        fail(`Key ${pyStr(member)} is not unique, cannot correctly turn into dict`);
      }
      dictSet(result, member, item);
    }
    return result;
  },
};
