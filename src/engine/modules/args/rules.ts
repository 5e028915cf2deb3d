import type { Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import type { ArgRules } from '../types.ts';

/** Arguments that may not stand together, among those given; undefined if all is well. */
export function exclusionProblem(rules: ArgRules, given: ReadonlySet<string>): string | undefined {
  const broken = (rules.mutuallyExclusive ?? []).filter((names) => names.filter((name) => given.has(name)).length > 1);
  if (broken.length === 0) return undefined;
  return `parameters are mutually exclusive: ${broken.map((names) => names.join('|')).join(', ')}`;
}

/**
 * What else must be given. `values` are the arguments that are there, defaults included; a value that is not known
 * yet is not in it but in `given`.
 */
export function requirementProblem(
  rules: ArgRules,
  given: ReadonlySet<string>,
  values: ReadonlyMap<string, Value>,
): string | undefined {
  return (
    togetherProblem(rules, given) ??
    oneOfProblem(rules, given) ??
    ifProblem(rules, given, values) ??
    byProblem(rules, given)
  );
}

function togetherProblem(rules: ArgRules, given: ReadonlySet<string>): string | undefined {
  for (const names of rules.requiredTogether ?? []) {
    const count = names.filter((name) => given.has(name)).length;
    if (count > 0 && count < names.length) return `parameters are required together: ${names.join(', ')}`;
  }
  return undefined;
}

function oneOfProblem(rules: ArgRules, given: ReadonlySet<string>): string | undefined {
  const broken = (rules.requiredOneOf ?? []).find((names) => !names.some((name) => given.has(name)));
  return broken && `one of the following is required: ${broken.join(', ')}`;
}

function ifProblem(
  rules: ArgRules,
  given: ReadonlySet<string>,
  values: ReadonlyMap<string, Value>,
): string | undefined {
  for (const [name, value, others, any = false] of rules.requiredIf ?? []) {
    if (values.get(name) !== value) continue;
    const missing = others.filter((other) => !given.has(other));
    if (missing.length === 0 || (any && missing.length < others.length)) continue;
    const text = pyStr(value);
    return `${name} is ${text} but ${any ? 'any' : 'all'} of the following are missing: ${missing.join(', ')}`;
  }
  return undefined;
}

function byProblem(rules: ArgRules, given: ReadonlySet<string>): string | undefined {
  for (const [name, others] of Object.entries(rules.requiredBy ?? {})) {
    if (!given.has(name)) continue;
    const missing = others.filter((other) => !given.has(other));
    if (missing.length > 0) return `missing parameter(s) required by '${name}': ${missing.join(', ')}`;
  }
  return undefined;
}
