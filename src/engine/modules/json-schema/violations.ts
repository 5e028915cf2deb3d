import { Ajv, type ErrorObject } from 'ajv';
import type { Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { messageOf } from './messages.ts';

/** A place where data breaks a schema, with the names that Ansible gives them. */
export interface Violation {
  readonly message: string;
  /** Names and indexes joined by dots; empty for the whole. */
  readonly data_path: string;
  /** `$.hosts[0].role` */
  readonly json_path: string;
  readonly schema_path: string;
  /** The part of the schema with the rule in it. */
  readonly relative_schema: Value;
  /** What the rule says. */
  readonly expected: Value;
  /** The rule: `type`, `enum`, ... */
  readonly validator: string;
  readonly found: Value;
}

/** All violations of a schema (draft 7). Throws Error when the schema itself is wrong. */
export function violationsOf(schema: Value, data: Value): Violation[] {
  const plain = toPlain(schema);
  if (typeof plain !== 'boolean' && (typeof plain !== 'object' || plain === null))
    throw new Error("'criteria' option value is invalid, a schema is a mapping");
  const check = new Ajv({ allErrors: true, strict: false, verbose: true, validateFormats: false }).compile(plain);
  check(toPlain(data));
  return merged(withoutBranches(check.errors ?? [])).map(violation);
}

function violation(errors: readonly ErrorObject[]): Violation {
  const [first] = errors as readonly [ErrorObject];
  const path = pointer(first.instancePath);
  // A name of digits would be taken for an index; schemas have none.
  const steps = path.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`));
  return {
    message: messageOf(errors),
    data_path: path.join('.'),
    json_path: `$${steps.join('')}`,
    schema_path: pointer(first.schemaPath.replace(/^#/, '')).join('.'),
    relative_schema: fromPlain(first.parentSchema),
    expected: fromPlain(first.schema),
    validator: first.keyword,
    found: fromPlain(first.data),
  };
}

function pointer(text: string): string[] {
  return text
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is wrong in the branches of a choice is told by the choice as a whole; `if` only tells what `then` has told. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return errors.filter((error) => error.keyword !== 'if' && !choices.some((choice) => isWithin(error, choice)));
}

function isWithin(error: ErrorObject, choice: ErrorObject): boolean {
  if (error === choice || !`${error.instancePath}/`.startsWith(`${choice.instancePath}/`)) return false;
  const branches = (choice.schema as { $ref?: string }[]).flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
  return [choice.schemaPath, ...branches].some((place) => error.schemaPath.startsWith(`${place}/`));
}

/** Names that are too many are one violation, as is each other rule. */
function merged(errors: readonly ErrorObject[]): ErrorObject[][] {
  const groups = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const unexpected = error.keyword === 'additionalProperties';
    const key = unexpected ? `${error.schemaPath} ${error.instancePath}` : `#${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()];
}

function toPlain(value: Value): unknown {
  return JSON.parse(dumpJson(value)) as unknown;
}

function fromPlain(value: unknown): Value {
  return value === undefined ? null : parseJson(JSON.stringify(value));
}
