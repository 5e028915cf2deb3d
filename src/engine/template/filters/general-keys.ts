import type { Dict, Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { match } from '../regex.ts';
import type { Filters } from '../types.ts';
import { defined, dictGet, fail, pyRepr, typeName } from '../values.ts';

/** Filters of community.general that keep, drop or rename keys of the dicts in a list; ansible.utils has others of the same names. */
export const filters: Filters = {
  'community.general.keep_keys': (value, args, kwargs) => {
    const { dicts, target, matches } = options(value, args, kwargs);
    const wanted = keysOf(target, matches);
    return dicts.map((dict) => new Map([...dict].filter(([key]) => wanted(key as string))));
  },
  'community.general.remove_keys': (value, args, kwargs) => {
    const { dicts, target, matches } = options(value, args, kwargs);
    const unwanted = keysOf(target, matches);
    return dicts.map((dict) => new Map([...dict].filter(([key]) => !unwanted(key as string))));
  },
  'community.general.replace_keys': (value, args, kwargs) => {
    const { dicts, target, matches } = options(value, args, kwargs);
    const renames = renamesOf(target);
    const nameFor = (key: string) => renames.find(({ before }) => matches(before, key))?.after ?? key;
    return dicts.map((dict) => new Map([...dict].map(([key, item]) => [nameFor(key as string), item])));
  },
};

type Matches = (wanted: string, key: string) => boolean;

const MATCHES: ReadonlyMap<string, Matches> = new Map<string, Matches>([
  ['equal', (wanted, key) => key === wanted],
  ['starts_with', (wanted, key) => key.startsWith(wanted)],
  ['ends_with', (wanted, key) => key.endsWith(wanted)],
  ['regex', (wanted, key) => match(wanted, key) !== null],
]);

interface Options {
  readonly dicts: readonly Dict[];
  readonly target: Value;
  readonly matches: Matches;
}

function options(value: Value, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Options {
  const names = ['target', 'matching_parameter'] as const;
  const { target = null, matching_parameter = 'equal' } = bind(args, kwargs, names, 'keys filter');
  if (!Array.isArray(defined(value)) && value !== '') {
    fail(`First argument must be a list. ${pyRepr(value)} is ${typeName(value)}`);
  }
  const dicts = [...(value as Value[])].map((each) => {
    if (!(each instanceof Map))
      return fail(`The data items must be dictionaries. ${pyRepr(each)} is ${typeName(each)}`);
    if ([...each.keys()].some((key) => typeof key !== 'string'))
      fail(`Top level keys must be strings. keys: ${pyRepr([...each.keys()])}`);
    return each;
  });
  const matches = typeof matching_parameter === 'string' ? MATCHES.get(matching_parameter) : undefined;
  const known = [...MATCHES.keys()];
  return {
    dicts,
    target,
    matches:
      matches ??
      fail(`The matching_parameter must be one of ${pyRepr(known)}. matching_parameter=${pyRepr(matching_parameter)}`),
  };
}

function keysOf(target: Value, matches: Matches): (key: string) => boolean {
  const list = typeof defined(target) === 'string' && target !== '' ? [target] : target;
  if (!Array.isArray(list) && list !== '')
    return fail(`The target must be a string or a list. target is ${typeName(list)}.`);
  if (list.length === 0) fail("The target can't be empty.");
  const texts = [...list].map((each) =>
    typeof each === 'string' ? each : fail(`The target items must be strings. ${pyRepr(each)} is ${typeName(each)}`),
  );
  if (matches === MATCHES.get('regex') && texts.length > 1) {
    fail('Single item is required in the target list if matching_parameter=regex.');
  }
  return (key) => texts.some((wanted) => matches(wanted, key));
}

function renamesOf(target: Value): { readonly before: string; readonly after: string }[] {
  if (!Array.isArray(defined(target)))
    return fail(`The target must be a list. target is ${pyRepr(target)} of type ${typeName(target)}.`);
  const list = target as Value[];
  if (list.length === 0) fail("The target can't be empty.");
  return list.map((each) => {
    if (!(each instanceof Map))
      return fail(`The target items must be dictionaries. ${pyRepr(each)} is ${typeName(each)}`);
    const [before, after] = [dictGet(each, 'before'), dictGet(each, 'after')];
    if (typeof before === 'string' && typeof after === 'string') return { before, after };
    return fail("All dictionaries in target must have the texts 'after' and 'before'.");
  });
}
