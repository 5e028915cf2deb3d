import { expect, test } from '@jest/globals';
import { formatFindings } from '../../../src/engine/lint/format.ts';
import type { Finding } from '../../../src/engine/lint/types.ts';

const findings: Finding[] = [
  {
    rule: 'parse',
    severity: 'error',
    message: 'wrong: 100%',
    position: { file: 'a,b.yml', line: 2, column: 3 },
    hint: 'do it',
  },
  { rule: 'no-name', severity: 'warning', message: 'a\u001b[31m\nb', position: { file: 'b.yml', line: 1, column: 1 } },
];

test('as text', () => {
  expect(formatFindings(findings, 'text', (severity, text) => `<${severity}>${text}`)).toBe(
    'a,b.yml:2:3: <error>error: wrong: 100% (parse); do it\nb.yml:1:1: <warning>warning: a\\x1b[31m\\nb (no-name)\n1 error, 1 warning\n',
  );
  expect(formatFindings([], 'text')).toBe('nothing found\n');
});

test('as JSON', () => {
  expect(JSON.parse(formatFindings(findings, 'json'))).toEqual({
    errors: 1,
    warnings: 1,
    findings: [
      { rule: 'parse', severity: 'error', message: 'wrong: 100%', hint: 'do it', file: 'a,b.yml', line: 2, column: 3 },
      { rule: 'no-name', severity: 'warning', message: 'a\u001b[31m\nb', file: 'b.yml', line: 1, column: 1 },
    ],
  });
});

test('for GitHub', () => {
  expect(formatFindings(findings, 'github')).toBe(
    '::error file=a%2Cb.yml,line=2,col=3,title=parse::wrong: 100%25; do it\n::warning file=b.yml,line=1,col=1,title=no-name::a\\x1b[31m%0Ab\n1 error, 1 warning\n',
  );
});
