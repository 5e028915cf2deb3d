import type { Value } from '../../model/value.ts';
import { patternOf } from '../filters/regex.ts';
import { bind } from '../params.ts';
import { fullmatch, match, type RegexFlags, search } from '../regex.ts';
import type { Tests } from '../types.ts';
import { fail, pyStr, truthy } from '../values.ts';

type Find = (pattern: string, text: string, flags: RegexFlags) => object | null;

const FINDERS: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['fullmatch', fullmatch],
  ['match', match],
  ['search', search],
]);

export const tests: Tests = {
  match: (value, args, kwargs) => found('match', value, args, kwargs),
  regex: (value, args, kwargs) => found('search', value, args, kwargs, ['match_type']),
  search: (value, args, kwargs) => found('search', value, args, kwargs),
};

function found(
  type: string,
  value: Value,
  args: Value[],
  kwargs: Map<string, Value>,
  more: 'match_type'[] = [],
): boolean {
  const names = ['pattern', 'ignorecase', 'multiline', ...more] as const;
  const { pattern = '', ignorecase = false, multiline = false, match_type = type } = bind(args, kwargs, names, type);
  const find = FINDERS.get(pyStr(match_type)) ?? fail(`unknown match_type '${pyStr(match_type)}'`);
  return (
    find(patternOf(pattern), pyStr(value), { ignorecase: truthy(ignorecase), multiline: truthy(multiline) }) !== null
  );
}
