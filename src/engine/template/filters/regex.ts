import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import { escapePattern, findall, type RegexFlags, search, subn } from '../regex.ts';
import type { Filters } from '../types.ts';
import { defined, fail, pyStr, toIndex, truthy } from '../values.ts';

export const filters: Filters = {
  regex_escape(value, args, kwargs) {
    const { re_type = 'python' } = bind(args, kwargs, ['re_type'], 'regex_escape');
    const text = pyStr(value);
    if (re_type === 'python') return escapePattern(text);
    if (re_type === 'posix_basic') return text.replace(/[\][.^$*\\]/g, '\\$&');
    if (re_type === 'posix_extended') return fail('Regex type (posix_extended) not yet implemented');
    return fail(`Invalid regex type (${pyStr(re_type)})`);
  },
  regex_findall(value, args, kwargs) {
    const names = ['regex', 'multiline', 'ignorecase'] as const;
    const { regex = '', ...flags } = bind(args, kwargs, names, 'regex_findall', 1);
    return findall(patternOf(regex), pyStr(value), flagsOf(flags));
  },
  regex_replace(value, args, kwargs, { budget }) {
    const names = ['pattern', 'replacement', 'ignorecase', 'multiline', 'count', 'mandatory_count'] as const;
    const given = bind(args, kwargs, names, 'regex_replace');
    const { pattern = '', replacement = '', count = 0, mandatory_count = 0, ...flags } = given;
    const result = subn(patternOf(pattern), pyStr(replacement), pyStr(value), toIndex(count), flagsOf(flags));
    budget.grow(result.text.length);
    const wanted = toIndex(mandatory_count);
    if (wanted === 0 || wanted === result.count) return result.text;
    return fail(
      `'${pyStr(pattern)}' should match ${wanted} times, but matches ${result.count} times in '${pyStr(value)}'`,
    );
  },
  regex_search(value, args, kwargs) {
    const [regex = '', ...wanted] =
      args.length > 0 ? args : [kwargs.get('regex') ?? fail("regex_search() missing required argument: 'regex'")];
    const { ignorecase = false, multiline = false } = Object.fromEntries(kwargs) as { [name: string]: Value };
    const found = search(patternOf(regex), pyStr(value), flagsOf({ ignorecase, multiline }));
    // A group is checked before the search, as a wrong one is a mistake whether or not there is a match.
    const groups = wanted.map((reference) => groupOf(pyStr(reference)));
    if (!found) return null;
    if (groups.length === 0) return found.groups[0] ?? null;
    return groups.map((group) => {
      const index = typeof group === 'number' ? group : found.names.get(group);
      if (index === undefined || index >= found.groups.length) return fail('no such group');
      return found.groups[index] ?? null;
    });
  },
};

/** The text of a pattern. Throws for what is none. */
export function patternOf(value: Value): string {
  return typeof defined(value) === 'string'
    ? (value as string)
    : fail('first argument must be string or compiled pattern');
}

function flagsOf({ ignorecase = false, multiline = false }: { ignorecase?: Value; multiline?: Value }): RegexFlags {
  return { ignorecase: truthy(ignorecase), multiline: truthy(multiline) };
}

/** `\1`, `\g<1>` or `\g<name>`. */
function groupOf(reference: string): number | string {
  const named = /^\\g<(\S+)>/.exec(reference)?.[1];
  const digits = /^\\(\d+)/.exec(reference)?.[1] ?? (named !== undefined && /^\d+$/.test(named) ? named : undefined);
  if (digits !== undefined) return Number(digits);
  return named ?? fail('Unknown argument', 'name groups as \\\\1 or \\\\g<name>');
}
