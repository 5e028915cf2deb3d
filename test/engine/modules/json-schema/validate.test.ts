import { expect, test } from '@jest/globals';
import { validate } from '../../../../src/engine/modules/json-schema/validate.ts';
import { violationsOf } from '../../../../src/engine/modules/json-schema/violations.ts';
import { parseJson } from '../../../../src/engine/template/filters/json/parse.ts';

const found = (schema: object, data: unknown) =>
  violationsOf(parseJson(JSON.stringify(schema)), parseJson(JSON.stringify(data)));

// The messages are those of Python's jsonschema 4.26.
test.each<[object, unknown, string[]]>([
  [{ type: 'integer' }, 3, []],
  [{ type: 'integer' }, 'abc', ["'abc' is not of type 'integer'"]],
  [{ type: ['string', 'null'] }, 3, ["3 is not of type 'string', 'null'"]],
  [{ enum: [1.5, null, 'a'] }, true, ["True is not one of [1.5, None, 'a']"]],
  [{ const: 3 }, 4, ['3 was expected']],
  [{ required: ['a', 'b'] }, {}, ["'a' is a required property", "'b' is a required property"]],
  [{ additionalProperties: false }, { b: 1 }, ["Additional properties are not allowed ('b' was unexpected)"]],
  [
    { additionalProperties: false },
    { b: 1, a: 1 },
    ["Additional properties are not allowed ('a', 'b' were unexpected)"],
  ],
  [{ minimum: 1 }, 0, ['0 is less than the minimum of 1']],
  [{ maximum: 3 }, 5, ['5 is greater than the maximum of 3']],
  [{ exclusiveMinimum: 2 }, 2, ['2 is less than or equal to the minimum of 2']],
  [{ exclusiveMaximum: 5 }, 5, ['5 is greater than or equal to the maximum of 5']],
  [{ pattern: '^a' }, 'b', ["'b' does not match '^a'"]],
  [{ minItems: 1 }, [], ['[] should be non-empty']],
  [{ minItems: 2 }, [1], ['[1] is too short']],
  [{ maxItems: 0 }, [1], ['[1] is expected to be empty']],
  [{ maxItems: 2 }, [1, 2, 3], ['[1, 2, 3] is too long']],
  [{ minLength: 1 }, '', ["'' should be non-empty"]],
  [{ maxLength: 2 }, 'abc', ["'abc' is too long"]],
  [{ minProperties: 2 }, {}, ['{} does not have enough properties']],
  [{ maxProperties: 1 }, { a: 1, b: 1 }, ["{'a': 1, 'b': 1} has too many properties"]],
  [{ multipleOf: 2 }, 3, ['3 is not a multiple of 2']],
  [{ not: { type: 'string' } }, 's', ["'s' should not be valid under {'type': 'string'}"]],
  [{ dependencies: { x: ['y'] } }, { x: 1 }, ["'y' is a dependency of 'x'"]],
  [{ uniqueItems: true }, [1, 1], ['[1, 1] has non-unique elements']],
  [{ properties: { t: false } }, { t: 1 }, ['False schema does not allow 1']],
  [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }, 1.5, ['1.5 is not valid under any of the given schemas']],
  [
    { definitions: { text: { type: 'string' } }, oneOf: [{ $ref: '#/definitions/text' }] },
    3,
    ['3 is not valid under any of the given schemas'],
  ],
  [{ if: { type: 'string' }, then: { minLength: 3 } }, 'a', ["'a' is too short"]],
  [{ format: 'ipv4' }, 'x', []],
])('%j on %j', (schema, data, messages) => {
  expect(found(schema, data).map(({ message }) => message)).toEqual(messages);
});

test('a violation says where it is, in the data and in the schema', () => {
  const role = { enum: ['controller', 'worker'] };
  const schema = { properties: { hosts: { items: { properties: { role } } } } };
  expect(found(schema, { hosts: [{ role: 'worker' }, { role: 'master' }] })).toEqual([
    {
      message: "'master' is not one of ['controller', 'worker']",
      data_path: 'hosts.1.role',
      json_path: '$.hosts[1].role',
      schema_path: 'properties.hosts.items.properties.role.enum',
      relative_schema: new Map([['enum', role.enum]]),
      expected: role.enum,
      validator: 'enum',
      found: 'master',
    },
  ]);
});

test('what is wrong comes as a failure with all errors', async () => {
  const args = { data: '{"a": 0}', criteria: parseJson('{"required": ["b"]}'), engine: 'ansible.utils.jsonschema' };
  const prepared = await validate.prepare!(undefined as never, args);
  expect(validate.plan(args, undefined, prepared)).toMatchObject({
    failed: "Validation errors were found.\nAt 'required' 'b' is a required property. ",
    result: { errors: [expect.any(Map)] },
  });
});

test.each([
  [{ data: '{', criteria: '{}' }, "'data' option value is invalid, value should a valid JSON."],
  [{ data: '{}', criteria: '3' }, "'criteria' option value is invalid, a schema is a mapping"],
  [{ data: '{}', criteria: '{}', engine: 'other' }, 'there is no engine "other" to validate with'],
])('%j is refused', async (given, message) => {
  const args = { engine: 'jsonschema', ...given };
  const prepared = await validate.prepare!(undefined as never, args);
  expect(validate.plan(args, undefined, prepared).failed).toContain(message);
});

test('a schema that is wrong itself is an error', () => {
  expect(() => found({ type: 'strange' }, 1)).toThrow('schema is invalid');
});
