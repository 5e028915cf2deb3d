import { describe, expect, test } from '@jest/globals';
import { dict, Float, OMIT, type Raw, type Value } from '../../../../src/engine/model/value.ts';
import { type Arguments, coerceArgs } from '../../../../src/engine/modules/args/coerce.ts';
import type { ArgSpec } from '../../../../src/engine/modules/types.ts';

function definition(args: Record<string, ArgSpec>, rest: Partial<Arguments> = {}): Arguments {
  return { name: 'copy', args, ...rest };
}

function coerce(of: Arguments, given: Record<string, Raw>): Record<string, Value> {
  return { ...coerceArgs(of, new Map(Object.entries(given))) };
}

const types: [ArgSpec['type'], Value, Value][] = [
  ['str', 'a', 'a'],
  ['str', 5, '5'],
  ['str', true, 'True'],
  ['str', new Float(2), '2.0'],
  ['str', ['a', 1], "['a', 1]"],
  ['path', '~/x', '~/x'],
  ['bool', 'yes', true],
  ['bool', ' Off ', false],
  ['bool', 1, true],
  ['bool', new Float(0), false],
  ['int', '10', 10],
  ['int', ' 1_000 ', 1000],
  ['int', '3.0', 3],
  ['int', true, 1],
  ['float', '1.5', 1.5],
  ['float', 2, 2],
  ['list', 'a,b', ['a', 'b']],
  ['list', 5, ['5']],
  ['list', ['x'], ['x']],
  ['dict', '{"a": 1}', dict({ a: 1 })],
  ['dict', 'a=1, b="two words"', dict({ a: '1', b: 'two words' })],
  ['bytes', '10k', 10240],
  ['bytes', '1.5 MB', 1572864],
  ['bits', '1Mb', 1048576],
  ['json', dict({ a: [1, true] }), '{"a": [1, true]}'],
  ['jsonarg', ' {} ', '{}'],
  ['raw', null, null],
];

test.each(types)('%s from %p', (type, given, expected) => {
  expect(coerce(definition({ x: { type, doc: '' } }), { x: given }).x).toEqual(expected);
});

const wrong: [ArgSpec['type'], Value, string][] = [
  [
    'bool',
    'maybe',
    "argument 'x' is of type <class 'str'> and we were unable to convert to bool: The value 'maybe' is not a valid boolean.",
  ],
  [
    'int',
    '1.5',
    `argument 'x' is of type <class 'str'> and we were unable to convert to int: "'1.5'" cannot be converted to an int`,
  ],
  ['dict', 'abc', 'dictionary requested, could not parse JSON or key=value'],
  ['dict', 'a=1 b', 'unable to evaluate string in the "key=value" format as dictionary'],
  ['list', dict({}), "<class 'dict'> cannot be converted to a list"],
  ['bytes', '10Q', "<class 'str'> cannot be converted to a Byte value"],
];

test.each(wrong)('%s refuses %p', (type, given, message) => {
  expect(() => coerce(definition({ x: { type, doc: '' } }), { x: given })).toThrow(message);
});

describe('names', () => {
  const of = definition({
    dest: { type: 'path', required: true, aliases: ['path'], doc: '' },
    force: { type: 'bool', default: true, doc: '' },
    owner: { type: 'str', doc: '' },
  });

  test('aliases, defaults and omitted arguments', () => {
    expect(coerce(of, { path: '/x', owner: OMIT })).toEqual({ dest: '/x', force: true, owner: null });
  });

  test.each<[Record<string, Raw>, string]>([
    [{}, 'missing required arguments: dest'],
    [{ dest: OMIT }, 'missing required arguments: dest'],
    [
      { dest: '/x', foo: 1 },
      'Unsupported parameters for (copy) module: foo. Supported parameters include: dest, force, owner (path).',
    ],
    [{ dest: '/x', force: null }, "argument 'force' is of type <class 'NoneType'>"],
  ])('%p', (given, message) => {
    expect(() => coerce(of, given)).toThrow(message);
  });

  test('a module that takes any argument gets it as it is', () => {
    expect(coerce({ ...of, openArgs: true }, { dest: 'x', any: 5 })).toMatchObject({ any: 5 });
  });
});

describe('choices', () => {
  const of = definition({
    state: { type: 'str', choices: ['on', 'off', 'auto'], default: 'auto', doc: '' },
    keys: { type: 'list', elements: 'str', choices: ['a', 'b'], doc: '' },
  });

  test('a boolean that YAML made of a choice is taken back', () => {
    expect(coerce(of, { state: true })['state']).toBe('on');
  });

  test.each<[Record<string, Raw>, string]>([
    [{ state: 'up' }, 'value of state must be one of: on, off, auto, got: up'],
    [{ keys: 'a,c' }, 'value of keys must be one or more of: a, b. Got no match for: c'],
  ])('%p', (given, message) => {
    expect(() => coerce(of, given)).toThrow(message);
  });
});

describe('rules', () => {
  const args: Record<string, ArgSpec> = {
    src: { type: 'str', doc: '' },
    content: { type: 'str', doc: '' },
    state: { type: 'str', default: 'file', doc: '' },
    mode: { type: 'str', doc: '' },
  };

  test.each<[Arguments['rules'], Record<string, Raw>, string]>([
    [
      { mutuallyExclusive: [['src', 'content']] },
      { src: 'a', content: 'b' },
      'parameters are mutually exclusive: src|content',
    ],
    [{ requiredTogether: [['src', 'mode']] }, { src: 'a' }, 'parameters are required together: src, mode'],
    [{ requiredOneOf: [['src', 'content']] }, {}, 'one of the following is required: src, content'],
    [
      { requiredIf: [['state', 'link', ['src']]] },
      { state: 'link' },
      'state is link but all of the following are missing: src',
    ],
    [
      { requiredIf: [['state', 'file', ['src', 'mode'], true]] },
      {},
      'state is file but any of the following are missing: src, mode',
    ],
    [{ requiredBy: { src: ['mode'] } }, { src: 'a' }, "missing parameter(s) required by 'src': mode"],
  ])('%p %p', (rules, given, message) => {
    expect(() => coerce(definition(args, { rules: rules! }), given)).toThrow(message);
  });
});

describe('options', () => {
  const of = definition({
    users: {
      type: 'list',
      elements: 'dict',
      doc: '',
      options: { name: { type: 'str', required: true, doc: '' }, uid: { type: 'int', default: 7, doc: '' } },
    },
  });

  test('members are coerced', () => {
    expect(coerce(of, { users: [dict({ name: 5 })] })['users']).toEqual([dict({ name: '5', uid: 7 })]);
  });

  test.each<[Raw, string]>([
    [[dict({})], 'missing required arguments: name found in users'],
    [[dict({ name: 'a', x: 1 })], 'Unsupported parameters: users.x. Supported parameters include: name, uid.'],
    [[dict({ name: 'a', uid: 'b' })], "argument 'uid' is of type <class 'str'> found in 'users'."],
  ])('%p', (given, message) => {
    expect(() => coerce(of, { users: given })).toThrow(message);
  });
});
