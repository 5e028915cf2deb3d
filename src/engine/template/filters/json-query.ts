import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, pyStr } from '../values.ts';
import { evaluatePath } from './jmespath/evaluate.ts';
import { parsePath } from './jmespath/parse.ts';

export const filters: Filters = {
  json_query(value, args, kwargs, { budget }) {
    const { expr = '' } = bind(args, kwargs, ['expr'], 'json_query', 1);
    if (typeof defined(expr) !== 'string' || expr === '') {
      return fail('json_query: Invalid JMESPath expression: it must be a text that is not empty');
    }
    return evaluatePath(parsePath(pyStr(expr)), value, budget);
  },
};
