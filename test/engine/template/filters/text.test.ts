import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: text', () => {
  test.each<[string, unknown]>([
    ["'aGk=' | b64decode", 'hi'],
    ['u | b64encode', 'aMOpbGxv'],
    ["u | b64encode(encoding='utf-16-le')", 'aADpAGwAbABvAA=='],
    ["'x' | comment('c')", '//\n// x\n//'],
    ["'a' | comment('xml')", '<!--\n -\n - a\n -\n-->'],
    ["'a' | comment('erlang')", '%\n% a\n%'],
    ["'a' | comment(decoration='! ')", '!\n! a\n!'],
    ["'a' | comment('plain', prefix_count=3, postfix_count=0)", '#\n#\n#\n# a'],
    ['none | quote', "''"],
    ["'a b  c' | split", ['a', 'b', 'c']],
    ["'a,b,c' | split(',', 1)", ['a', 'b,c']],
    ["'a%20b+c' | urldecode", 'a b c'],
    [
      "'http://user:pw@www.acme.com:9000/dir/index.html?query=term#frag' | urlsplit",
      {
        fragment: 'frag',
        hostname: 'www.acme.com',
        netloc: 'user:pw@www.acme.com:9000',
        password: 'pw',
        path: '/dir/index.html',
        port: 9000,
        query: 'query=term',
        scheme: 'http',
        username: 'user',
      },
    ],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each(["'a' | comment('nope')", "'http://x' | urlsplit('nope')"])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
