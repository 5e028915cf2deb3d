import { describe, expect, test } from '@jest/globals';
import { dict, type Value } from '../../../../src/engine/model/value.ts';
import { makePayload } from '../../../../src/engine/modules/user/style.ts';

const GIVEN = dict({ a: "it's", b: true, c: [1, null], d: 'plain/path', _ansible_version: '2.18' });

describe('arguments', () => {
  test.each([
    [
      '#!/bin/sh\n# WANT_JSON',
      '{"a": "it\'s", "b": true, "c": [1, null], "d": "plain/path", "_ansible_version": "2.18"}',
    ],
    ['#!/bin/sh\n', `a='it'"'"'s' b=True c='[1, None]' d=plain/path _ansible_version=2.18 `],
    ['\x7fELF\x02', '{"a": "it\'s", "b": true, "c": [1, null], "d": "plain/path", "_ansible_version": "2.18"}'],
  ])('of %j stand in a file', (text, args) => {
    const payload = makePayload(Buffer.from(text, 'latin1'), GIVEN);
    expect(payload.args?.toString()).toBe(args);
    expect(payload.program.toString('latin1')).toBe(text);
    expect(payload.binary).toBe(text.startsWith('\x7f'));
  });

  test('stand within the text where it says so', () => {
    const text =
      'j=\'<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>\' p="<<INCLUDE_ANSIBLE_MODULE_COMPLEX_ARGS>>" v="<<ANSIBLE_VERSION>>" é';
    const { program, args } = makePayload(Buffer.from(text), dict({ a: '$& é', _ansible_version: '2.18' }));
    const json = '{"a": "$& \\u00e9", "_ansible_version": "2.18"}';
    expect(args).toBeUndefined();
    expect(program.toString()).toBe(`j='${json}' p='${json.replace('\\', '\\\\')}' v='2.18' é`);
  });

  test.each<[Value, string]>([
    ['', "a='' "],
    ['a b', "a='a b' "],
    ['$(id)', "a='$(id)' "],
    ['x\ny', "a='x\ny' "],
  ])('%j is one word of a shell', (value, words) => {
    expect(makePayload(Buffer.from('#!/bin/sh'), dict({ a: value })).args?.toString()).toBe(words);
  });
});
