import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { dictGet, fail, orElse, pyStr, truthy } from '../values.ts';
import { parseUrl } from './urls/parse.ts';

export const filters: Filters = {
  urlsplit(value, args, kwargs) {
    const { query = '' } = bind(args, kwargs, ['query', 'alias'], 'urlsplit');
    const parts = new Map<Value, Value>(Object.entries(parseUrl(pyStr(value))));
    if (!truthy(query)) return parts;
    return orElse(dictGet(parts, query), () => fail(`urlsplit: unknown URL component: ${pyStr(query)}`));
  },
};
