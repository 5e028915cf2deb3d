import { describe, expect, test } from '@jest/globals';
import { RULES } from '../../../src/engine/lint/rules/index.ts';
import { lintFiles } from './support.ts';

/** The rules that nobody has to ask for. */
const APPLIED = RULES.filter(({ optional }) => !optional).map(({ name }) => name);

test('rules are sorted by name', () => {
  const names = RULES.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

describe.each(RULES)('$name', ({ name, severity, docs }) => {
  test('finds its bad example, and nothing else in it', async () => {
    const findings = await lintFiles({ 'site.yml': docs.bad }, ['.'], [...APPLIED, name]);
    expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set([name]));
    expect(findings[0]?.severity).toBe(severity);
  });

  test('finds nothing in its good example', async () => {
    expect(await lintFiles({ 'site.yml': docs.good }, ['.'], [...APPLIED, name])).toEqual([]);
  });
});
