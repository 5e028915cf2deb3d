import { TsplayError } from '../../model/errors.ts';
import type { Position } from '../../model/source.ts';
import { type Dict, OMIT, type Raw, type Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import type { ArgRules, ArgSpec, ModuleDefinition } from '../types.ts';
import { ConversionError, convert, pythonType, wordTruth } from './convert.ts';
import { exclusionProblem, requirementProblem } from './rules.ts';

/** What of a definition says how its arguments are read; also that of the executor's own actions. */
export type Arguments = Pick<ModuleDefinition, 'name' | 'args' | 'rules' | 'openArgs' | 'terse' | 'freeForm'>;

export interface Places {
  readonly position?: Position | undefined;
  readonly argPositions?: ReadonlyMap<string, Position> | undefined;
}

type Specs = Readonly<Record<string, ArgSpec>>;

/**
 * Arguments as a module gets them: aliases resolved, types converted, defaults filled in (null where there is none),
 * rules checked, all with Ansible's meaning and messages. Throws TsplayError('module'), at the argument where it is
 * known.
 */
export function coerceArgs(
  definition: Arguments,
  given: ReadonlyMap<string, Raw>,
  places: Places = {},
): Record<string, Value> {
  const { named, unknown } = resolveNames(definition.args, given, definition);
  const fail = (message: string, argument?: string): never => {
    const position = places.argPositions?.get(argument ?? '') ?? places.position;
    throw new TsplayError('module', message, { position });
  };
  const names = definition.openArgs ? [] : [...unknown.keys()].sort();
  if (names.length > 0 && definition.terse)
    fail(`Invalid options for ${definition.name}: ${names.join(',')}`, names[0]);
  const excluded = exclusionProblem(definition.rules ?? {}, new Set(named.keys()));
  if (excluded) fail(excluded);
  const values = coerceMembers(definition.args, named, [], (message, argument) => fail(message, argument));
  const present = new Set([...named.keys(), ...defaulted(definition.args)]);
  const missing = requirementProblem(definition.rules ?? {}, present, values);
  if (missing) fail(missing);
  if (names.length > 0) {
    fail(
      `Unsupported parameters for (${definition.name}) module: ${names.join(', ')}. ${supported(definition.args)}`,
      names[0],
    );
  }
  const result: Record<string, Value> = Object.create(null);
  for (const [name, value] of [...unknown, ...values]) result[name] = value as Value;
  return result;
}

/** Argument names with a default other than None: these count as given where a rule asks. */
function defaulted(specs: Specs): string[] {
  return Object.keys(specs).filter((name) => (specs[name]!.default ?? null) !== null);
}

function supported(specs: Specs): string {
  const aliases = Object.values(specs).flatMap((spec) => spec.aliases ?? []);
  const tail = aliases.length > 0 ? ` (${aliases.sort().join(', ')})` : '';
  return `Supported parameters include: ${Object.keys(specs).sort().join(', ')}${tail}.`;
}

/** Sorts given arguments into those of the table, under their own names, and the rest. `omit` is not given at all. */
export function resolveNames(
  specs: Specs,
  given: ReadonlyMap<Value, Raw>,
  definition?: Pick<Arguments, 'freeForm'>,
): { named: Map<string, Raw>; unknown: Map<string, Raw> } {
  const named = new Map<string, Raw>();
  const unknown = new Map<string, Raw>();
  const aliases = aliasTable(specs);
  for (const [key, value] of given) {
    if (value === OMIT) continue;
    const name = pyStr(key);
    if (Object.hasOwn(specs, name)) named.set(name, value);
    else if (aliases.has(name)) named.set(aliases.get(name)!, value);
    else if (!(definition && name === '_raw_params' && value === '')) unknown.set(name, value);
  }
  return { named, unknown };
}

const aliasTables = new WeakMap<Specs, Map<string, string>>();

function aliasTable(specs: Specs): Map<string, string> {
  let table = aliasTables.get(specs);
  if (!table) {
    table = new Map();
    for (const [name, spec] of Object.entries(specs)) for (const alias of spec.aliases ?? []) table.set(alias, name);
    aliasTables.set(specs, table);
  }
  return table;
}

type Fail = (message: string, argument: string) => never;

function coerceMembers(specs: Specs, named: ReadonlyMap<string, Raw>, path: string[], fail: Fail): Map<string, Value> {
  const within = path.length > 0 ? ` found in ${path.join(' -> ')}` : '';
  const absent = Object.keys(specs).filter((name) => specs[name]!.required && !named.has(name));
  const said = absent.map((name) => specs[name]!.requiredMessage).find((message) => message !== undefined);
  if (said !== undefined) fail(said, absent[0]!);
  if (absent.length > 0) fail(`missing required arguments: ${absent.sort().join(', ')}${within}`, path[0] ?? '');
  const values = new Map<string, Value>();
  for (const [name, spec] of Object.entries(specs)) {
    const value = named.has(name) ? (named.get(name) as Value) : (spec.default ?? null);
    const exempt = value === null && !spec.required && (spec.default ?? null) === null;
    values.set(name, exempt || spec.deferred ? value : coerceOne(name, spec, value, path, fail));
    if (exempt && spec.choices && named.has(name)) checkChoice(name, spec, value, within, path, fail);
  }
  return values;
}

function coerceOne(name: string, spec: ArgSpec, value: Value, path: string[], fail: Fail): Value {
  const place = path[0] ?? name;
  const within = path.length > 0 ? ` found in '${path.join(' -> ')}'.` : '';
  let typed = attempt(
    () => convert(spec.type, value),
    (reason) =>
      fail(
        `argument '${name}' is of type ${pythonType(value)}${within} and we were unable to convert to ${spec.type}: ${reason}`,
        place,
      ),
  );
  if (spec.elements && Array.isArray(typed)) {
    const type = spec.elements;
    typed = typed.map((item) =>
      attempt(
        () => convert(type, item),
        (reason) =>
          fail(
            `Elements value for option '${name}'${within} is of type ${pythonType(item)} and we were unable to convert to ${type}: ${reason}`,
            place,
          ),
      ),
    );
  }
  if (spec.choices) {
    typed = checkChoice(name, spec, typed, path.length > 0 ? ` found in ${path.join(' -> ')}` : '', path, fail);
  }
  return spec.options ? coerceOptions(name, spec.options, spec.rules ?? {}, typed, path, fail) : typed;
}

function attempt(work: () => Value, fail: (reason: string) => never): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConversionError) return fail(error.message);
    throw error;
  }
}

function checkChoice(name: string, spec: ArgSpec, value: Value, within: string, path: string[], fail: Fail): Value {
  const choices: readonly Value[] = spec.choices ?? [];
  const place = path[0] ?? name;
  const list = choices.map(pyStr).join(', ');
  if (Array.isArray(value)) {
    const others = value.filter((item) => !choices.includes(item)).map(pyStr);
    if (others.length === 0) return value;
    return fail(
      `value of ${name} must be one or more of: ${list}. Got no match for: ${others.join(', ')}${within}`,
      place,
    );
  }
  if (choices.includes(value)) return value;
  // YAML has read `on` or `no` as a boolean: taken back where just one choice can have been meant.
  if (value === 'True' || value === 'False') {
    const meant = choices.filter((choice) => wordTruth(pyStr(choice)) === (value === 'True'));
    if (meant.length === 1) return meant[0]!;
  }
  return fail(`value of ${name} must be one of: ${list}, got: ${pyStr(value)}${within}`, place);
}

function coerceOptions(name: string, options: Specs, rules: ArgRules, value: Value, path: string[], fail: Fail): Value {
  const inner = [...path, name];
  const refuse = (problem: string | undefined) =>
    problem && fail(`${problem} found in ${inner.join(' -> ')}`, inner[0]!);
  const one = (item: Value): Value => {
    if (!(item instanceof Map)) fail(`value of '${name}' must be of type dict or list of dicts`, inner[0]!);
    const { named, unknown } = resolveNames(options, item as Dict);
    refuse(exclusionProblem(rules, new Set(named.keys())));
    const members = coerceMembers(options, named, inner, fail);
    refuse(requirementProblem(rules, new Set([...named.keys(), ...defaulted(options)]), members));
    if (unknown.size === 0) return members as Dict;
    const names = [...unknown.keys()].sort().map((key) => [...inner, key].join('.'));
    return fail(`Unsupported parameters: ${names.join(', ')}. ${supported(options)}`, inner[0]!);
  };
  if (value === null) return null;
  return Array.isArray(value) ? value.map(one) : one(value);
}
