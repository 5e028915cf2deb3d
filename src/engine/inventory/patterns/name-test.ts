import { TsplayError } from '../../model/errors.ts';
import { match } from '../../template/regex.ts';
import { shellPattern } from '../../template/shell-pattern.ts';

export type NameTest = (name: string) => boolean;

/** A test of names for `~regex` (from the start of the name), a glob, or the name itself. Throws TsplayError. */
export function nameTest(pattern: string): NameTest {
  if (!pattern.startsWith('~')) return plainTest(pattern);
  const regex = pattern.slice(1);
  const test: NameTest = (name) => match(regex, name) !== null;
  try {
    test('');
  } catch (cause) {
    throw new TsplayError('inventory', `Invalid host list pattern: ${pattern}`, {
      hint: cause instanceof Error ? cause.message : undefined,
      cause,
    });
  }
  return test;
}

function plainTest(pattern: string): NameTest {
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern;
  const expression = shellPattern(pattern);
  return (name) => expression.test(name);
}
