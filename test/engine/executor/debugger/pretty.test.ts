import { expect, test } from '@jest/globals';
import { pretty } from '../../../../src/engine/executor/debugger/pretty.ts';
import { dict } from '../../../../src/engine/model/value.ts';

const long = 'x'.repeat(50);

test.each([
  ['what fits stays on its line, keys in order', dict({ b: 1, a: [true, null] }), "{'a': [True, None], 'b': 1}"],
  ['a long list', [long, long], `['${long}',\n '${long}']`],
  [
    'a long dict in a dict',
    dict({ one: dict({ b: long, a: long }), two: 2 }),
    `{'one': {'a': '${long}',\n         'b': '${long}'},\n 'two': 2}`,
  ],
])('%s', (_name, value, text) => {
  expect(pretty(value)).toBe(text);
});
