import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Tests } from '../types.ts';
import { fail, pyStr, truthy } from '../values.ts';
import { compareLoose, compareStrict } from '../versions/loose.ts';
import { comparePep440 } from '../versions/pep440.ts';
import { compareSemver } from '../versions/semver.ts';

type Compare = (a: string, b: string) => number;

const TYPES: ReadonlyMap<string, Compare> = new Map([
  ['loose', compareLoose],
  ['strict', compareStrict],
  ['semver', compareSemver],
  ['semantic', compareSemver],
  ['pep440', comparePep440],
]);
const OPERATORS: readonly (readonly [readonly string[], (order: number) => boolean])[] = [
  [['==', '=', 'eq'], (order) => order === 0],
  [['<', 'lt'], (order) => order < 0],
  [['<=', 'le'], (order) => order <= 0],
  [['>', 'gt'], (order) => order > 0],
  [['>=', 'ge'], (order) => order >= 0],
  [['!=', '<>', 'ne'], (order) => order !== 0],
];

export const tests: Tests = { version: isVersion, version_compare: isVersion };

function isVersion(value: Value, args: Value[], kwargs: Map<string, Value>): boolean {
  const names = ['version', 'operator', 'strict', 'version_type'] as const;
  const { version = '', operator = 'eq', strict = null, version_type = null } = bind(args, kwargs, names, 'version', 1);
  if (strict !== null && version_type !== null) fail("Cannot specify both 'strict' and 'version_type'");
  if (!truthy(value)) fail('Input version value cannot be empty');
  if (!truthy(version)) fail('Version parameter to compare against cannot be empty');
  const type = version_type === null ? (strict !== null && truthy(strict) ? 'strict' : 'loose') : pyStr(version_type);
  const compare = TYPES.get(type) ?? fail(`Invalid version type (${type}). Must be one of ${quoted(TYPES.keys())}`);
  const symbol = pyStr(operator);
  const holds = OPERATORS.find(([symbols]) => symbols.includes(symbol))?.[1];
  if (!holds)
    return fail(
      `Invalid operator type (${symbol}). Must be one of ${quoted(OPERATORS.flatMap(([symbols]) => symbols))}`,
    );
  return holds(order(compare, pyStr(value), pyStr(version)));
}

function order(compare: Compare, a: string, b: string): number {
  try {
    return compare(a, b);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return fail(`Version comparison failed: ${error.message}`);
  }
}

function quoted(names: Iterable<string>): string {
  return Array.from(names, (name) => `'${name}'`).join(', ');
}
