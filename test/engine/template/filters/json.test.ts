import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: json', () => {
  test.each<[string, unknown]>([
    ['m | to_json', '[1, "a", null, true, 2.5, [1], {"k": "v"}]'],
    ['u | to_json', '"h\\u00e9llo"'],
    ['u | to_json(ensure_ascii=False)', '"héllo"'],
    ["{'b':1,'a':[]} | to_json(sort_keys=True, indent=2)", '{\n  "a": [],\n  "b": 1\n}'],
    ["{1:'a', true:'b'} | to_json", '{"1": "b"}'],
    ["{'a':1} | to_json(separators=(',',':'))", '{"a":1}'],
    [
      'm | to_nice_json',
      '[\n    1,\n    "a",\n    null,\n    true,\n    2.5,\n    [\n        1\n    ],\n    {\n        "k": "v"\n    }\n]',
    ],
    ["{'z':{},'a':[1]} | to_nice_json(indent=2)", '{\n  "a": [\n    1\n  ],\n  "z": {}\n}'],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each(["'{bad' | from_json", "'' | from_json"])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
