import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Position } from '../../model/source.ts';
import { Deferred, Float, type Raw, type Value } from '../../model/value.ts';
import { nearest } from '../../playbook/suggest.ts';
import { pyStr } from '../../template/values.ts';
import type { ArgSpec } from '../types.ts';
import { type Arguments, resolveNames } from './coerce.ts';
import { exclusionProblem } from './rules.ts';
import { schemaOf } from './schema.ts';

/** A mistake in what stands in the playbook, known without a host. */
export interface ArgumentProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly argument?: string | undefined;
  readonly position?: Position | undefined;
}

const validators = new WeakMap<Arguments, Promise<ValidateFunction>>();

/**
 * Checks the arguments as written; what is a template counts as right. `positions` are those of the arguments by name.
 * ajv is loaded only here, since a run can do without it.
 */
export async function checkLiteralArgs(
  definition: Arguments,
  given: ReadonlyMap<string, Raw>,
  positions: ReadonlyMap<string, Position> = new Map(),
): Promise<ArgumentProblem[]> {
  const validate = await validatorFor(definition);
  const skipped = [...given].filter(([name, value]) => isOpen(definition, name) || holdsDeferred(value));
  const open = new Set(skipped.map(([name]) => name));
  const plain: Record<string, unknown> = Object.create(null);
  for (const [name, value] of given) plain[name] = open.has(name) ? undefined : toPlain(value as Value);
  validate({ ...plain });
  const problems = (validate.errors ?? []).flatMap((error) => describe(definition, error, open));
  const { named } = resolveNames(definition.args, given, definition);
  const literal = [...named.keys()].filter((name) => !open.has(name));
  const excluded = exclusionProblem(definition.rules ?? {}, new Set(literal));
  if (excluded) problems.push({ message: `${definition.name}: ${excluded}` });
  return unique(problems).map((problem) => ({ ...problem, position: positions.get(problem.argument ?? '') }));
}

function validatorFor(definition: Arguments): Promise<ValidateFunction> {
  let validator = validators.get(definition);
  if (!validator) {
    validator = import('./compile-schema.ts').then(({ compileSchema }) => compileSchema(schemaOf(definition)));
    validators.set(definition, validator);
  }
  return validator;
}

/** Free-form text belongs to modules that take it. */
function isOpen(definition: Arguments, name: string): boolean {
  return name === '_raw_params' && definition.freeForm !== undefined;
}

function holdsDeferred(value: Raw): boolean {
  if (value instanceof Deferred) return true;
  if (Array.isArray(value)) return (value as Raw[]).some(holdsDeferred);
  return value instanceof Map && [...(value as Map<Value, Raw>).values()].some(holdsDeferred);
}

function toPlain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [pyStr(key), toPlain(item)]));
  return value;
}

/** Our words for one of ajv's errors; nothing for those that only follow from another. */
function describe(definition: Arguments, error: ErrorObject, open: ReadonlySet<string>): ArgumentProblem[] {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const [argument] = path;
  if (error.keyword === 'additionalProperties') {
    const wrong = String(error.params['additionalProperty']);
    if (argument === undefined && isOpen(definition, wrong)) return [];
    return [unknownArgument(definition, path, wrong)];
  }
  if (argument === undefined) return missingArgument(definition, error, open);
  if (open.has(argument)) return [];
  const spec = specAt(definition.args, argument);
  if (!spec) return [];
  return [{ message: `${definition.name}: "${argument}" must be ${describeSpec(spec)}`, argument }];
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function unknownArgument(definition: Arguments, path: string[], wrong: string): ArgumentProblem {
  let specs = definition.args;
  for (const part of path) if (!/^\d+$/.test(part)) specs = specAt(specs, part)?.options ?? {};
  const names = Object.entries(specs).flatMap(([name, spec]) => [name, ...(spec.aliases ?? [])]);
  const meant = nearest(wrong, names);
  const place = [definition.name, ...path].join('.');
  return {
    message: `${place} has no argument "${wrong}"`,
    hint: meant ? `did you mean "${meant}"?` : `it takes ${Object.keys(specs).sort().join(', ')}`,
    argument: path[0] ?? wrong,
  };
}

function missingArgument(definition: Arguments, error: ErrorObject, open: ReadonlySet<string>): ArgumentProblem[] {
  if (error.keyword !== 'required') return [];
  const spelling = String(error.params['missingProperty']);
  const name = Object.hasOwn(definition.args, spelling) ? spelling : undefined;
  const spellings = [spelling, ...(name ? (definition.args[name]!.aliases ?? []) : [])];
  if (!name || spellings.some((one) => open.has(one))) return [];
  return [{ message: `${definition.name} needs the argument "${name}"`, hint: definition.args[name]!.doc }];
}

function specAt(specs: Readonly<Record<string, ArgSpec>>, name: string): ArgSpec | undefined {
  if (Object.hasOwn(specs, name)) return specs[name];
  return Object.values(specs).find((spec) => spec.aliases?.includes(name));
}

const typeWords: Readonly<Record<ArgSpec['type'], string>> = {
  str: 'text',
  path: 'a path',
  raw: 'a value',
  bool: 'true or false',
  int: 'a whole number',
  float: 'a number',
  list: 'a list',
  dict: 'a mapping',
  bytes: 'a size such as 10M',
  bits: 'a size such as 10Mb',
  json: 'JSON',
  jsonarg: 'JSON',
};

function describeSpec(spec: ArgSpec): string {
  const one = spec.choices ? `one of ${spec.choices.join(', ')}` : typeWords[spec.type];
  if (spec.type === 'list' && spec.choices) return `a list of ${spec.choices.join(', ')}`;
  if (spec.type === 'list' && spec.elements) return `a list, each member ${typeWords[spec.elements]}`;
  return one;
}

function unique(problems: readonly ArgumentProblem[]): ArgumentProblem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
