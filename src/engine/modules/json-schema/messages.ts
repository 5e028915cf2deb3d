import type { ErrorObject } from 'ajv';
import { parseJson } from '../../template/filters/json/parse.ts';
import { pyRepr } from '../../template/values.ts';

type Say = (found: string, rule: string, error: ErrorObject) => string;

/** What Ansible's users know from Python's jsonschema. */
const MESSAGES: Readonly<Record<string, Say>> = {
  anyOf: (found) => `${found} is not valid under any of the given schemas`,
  const: (_found, rule) => `${rule} was expected`,
  contains: (found) => `${found} does not contain items matching the given schema`,
  dependencies: (_found, _rule, { params }) =>
    `${repr(params['missingProperty'])} is a dependency of ${repr(params['property'])}`,
  enum: (found, rule) => `${found} is not one of ${rule}`,
  exclusiveMaximum: (found, rule) => `${found} is greater than or equal to the maximum of ${rule}`,
  exclusiveMinimum: (found, rule) => `${found} is less than or equal to the minimum of ${rule}`,
  'false schema': (found) => `False schema does not allow ${found}`,
  maxItems: (found, rule) => (rule === '0' ? `${found} is expected to be empty` : `${found} is too long`),
  maxLength: (found) => `${found} is too long`,
  maxProperties: (found) => `${found} has too many properties`,
  maximum: (found, rule) => `${found} is greater than the maximum of ${rule}`,
  minItems: (found, rule) => (rule === '1' ? `${found} should be non-empty` : `${found} is too short`),
  minLength: (found, rule) => (rule === '1' ? `${found} should be non-empty` : `${found} is too short`),
  minProperties: (found, rule) =>
    rule === '1' ? `${found} should be non-empty` : `${found} does not have enough properties`,
  minimum: (found, rule) => `${found} is less than the minimum of ${rule}`,
  multipleOf: (found, rule) => `${found} is not a multiple of ${rule}`,
  not: (found, rule) => `${found} should not be valid under ${rule}`,
  oneOf: (found, _rule, { params }) =>
    params['passingSchemas'] === null
      ? `${found} is not valid under any of the given schemas`
      : `${found} is valid under more than one of the given schemas`,
  pattern: (found, rule) => `${found} does not match ${rule}`,
  required: (_found, _rule, { params }) => `${repr(params['missingProperty'])} is a required property`,
  type: (found, _rule, { schema }) => `${found} is not of type ${[schema].flat().map(repr).join(', ')}`,
  uniqueItems: (found) => `${found} has non-unique elements`,
};

/** The message for errors that are one violation: names that are too many come as one error each. */
export function messageOf(errors: readonly ErrorObject[]): string {
  const [first] = errors as readonly [ErrorObject];
  if (first.keyword === 'additionalProperties') {
    const names = errors.map(({ params }) => repr(params['additionalProperty'])).sort();
    const were = names.length === 1 ? 'was' : 'were';
    return `Additional properties are not allowed (${names.join(', ')} ${were} unexpected)`;
  }
  const say = Object.hasOwn(MESSAGES, first.keyword) ? MESSAGES[first.keyword] : undefined;
  return say?.(repr(first.data), repr(first.schema), first) ?? `${repr(first.data)} ${first.message ?? 'is wrong'}`;
}

function repr(value: unknown): string {
  return pyRepr(parseJson(JSON.stringify(value ?? null)));
}
