import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, pyStr } from '../values.ts';
import { evaluatePath } from './jmespath/evaluate.ts';
import { parsePath } from './jmespath/parse.ts';

export const filters: Filters = {
  json_query(value, args, kwargs, { budget }) {
    const { expr = '' } = bind(args, kwargs, ['expr'], 'json_query', 1);
    return evaluatePath(parsePath(pyStr(expr)), defined(value), budget);
  },
};
