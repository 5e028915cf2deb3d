import { TsplayError } from '../model/errors.ts';
import { Undefined, type Value } from '../model/value.ts';
import { pyStr } from '../template/values.ts';
import { coerceArgs } from './args/coerce.ts';
import { specsOf } from './args/from-data.ts';
import { defineModule } from './define.ts';
import type { ArgSpec, Controller } from './types.ts';

export const validateArgumentSpec = defineModule({
  name: 'validate_argument_spec',
  collection: 'ansible.builtin',
  summary: 'Check variables against a description of what a role takes',
  controllerOnly: true,
  args: {
    argument_spec: { type: 'dict', required: true, doc: 'Options by name, as in meta/argument_specs.yml.' },
    provided_arguments: { type: 'dict', default: null, doc: 'Values to check; those of variables otherwise.' },
    validate_args_context: { type: 'dict', default: null, doc: 'Returned as it is, to say what was checked.' },
  },
  prepare(controller, args): { errors: string[] } {
    const specs = specsOf(args.argument_spec);
    const variables = readVariables(controller, specs);
    const given = new Map<Value, Value>([...variables.found, ...(args.provided_arguments ?? [])]);
    const errors = problems(specs, given);
    // A default may be made of an argument that lacks: then that is to be told.
    if (variables.undefined !== undefined && errors.length === 0) throw variables.undefined;
    return { errors };
  },
  plan(args, _before, { errors }) {
    const result = { validate_args_context: args.validate_args_context ?? new Map<Value, Value>() };
    if (errors.length === 0) return { changes: [], result: { ...result, msg: 'The arg spec validation passed' } };
    return {
      changes: [],
      failed: `Validation of arguments failed:\n${errors.join('\n')}`,
      result: { ...result, argument_errors: errors, argument_spec_data: args.argument_spec },
    };
  },
  examples: '- validate_argument_spec:\n    argument_spec:\n      port: {type: int, required: true}',
});

type Specs = Readonly<Record<string, ArgSpec>>;

interface Variables {
  readonly found: ReadonlyMap<Value, Value>;
  /** The first failure of one whose value needs a variable that is not there. */
  readonly undefined: TsplayError | undefined;
}

function readVariables({ scope }: Controller, specs: Specs): Variables {
  const found = new Map<Value, Value>();
  let failure: TsplayError | undefined;
  for (const name of Object.keys(specs)) {
    try {
      const value = scope.get(name);
      if (value !== undefined && !(value instanceof Undefined)) found.set(name, value);
    } catch (error) {
      if (!(error instanceof TsplayError) || error.kind !== 'undefined') throw error;
      failure ??= error;
    }
  }
  return { found, undefined: failure };
}

/** All that is wrong, not just the first. */
function problems(specs: Specs, given: ReadonlyMap<Value, Value>): string[] {
  const names = new Set([...given.keys()].map(pyStr));
  const isGiven = (name: string) => [name, ...(specs[name]?.aliases ?? [])].some((each) => names.has(each));
  const missing = Object.keys(specs).filter((name) => specs[name]!.required && !isGiven(name));
  const known = Object.fromEntries(Object.entries(specs).filter(([name]) => !missing.includes(name)));
  const own = Object.keys(known).flatMap((name) => problemOf(name, known[name]!, given));
  const strange = problem(known, given, 'role').filter((message) => message.startsWith('Unsupported parameters for'));
  return [
    ...(missing.length > 0 ? [`missing required arguments: ${missing.sort().join(', ')}`] : []),
    ...own,
    ...(own.length > 0 ? [] : strange),
  ];
}

/** What is wrong with one argument. */
function problemOf(name: string, spec: ArgSpec, given: ReadonlyMap<Value, Value>): string[] {
  const names = [name, ...(spec.aliases ?? [])];
  return problem({ [name]: spec }, new Map([...given].filter(([key]) => names.includes(pyStr(key)))), name);
}

function problem(args: Specs, given: ReadonlyMap<Value, Value>, name: string): string[] {
  try {
    coerceArgs({ name, args }, new Map([...given].map(([key, value]) => [pyStr(key), value])));
    return [];
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'module') return [error.message];
    throw error;
  }
}
