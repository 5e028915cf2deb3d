import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: paths', () => {
  test.each<[string, unknown]>([
    ['path | basename', 'nginx.conf'],
    ["'/a/b/' | basename", ''],
    ["'/a/b/' | dirname", '/a/b'],
    ["'a' | dirname", ''],
    ["'//x' | dirname", '//'],
    ["['/a','b','../c'] | path_join", '/a/b/../c'],
    ["['/a','/b'] | path_join", '/b'],
    ["'a/b' | relpath('a/c')", '../b'],
    ["'/etc/passwd' | relpath('/etc/x')", '../passwd'],
    ["'x.tar.gz' | splitext", ['x.tar', '.gz']],
    ["'.bashrc' | splitext", ['.bashrc', '']],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });
});
