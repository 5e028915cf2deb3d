import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { Deferred, LazyDict, type Scope, Undefined, type Value } from '../model/value.ts';
import { NO_ELSE } from './compile/expression.ts';
import { printed } from './compile/statements.ts';
import { loaderFor } from './files.ts';
import { readLiteral } from './literal.ts';
import { didYouMean } from './names.ts';
import { compileTemplate, faultError } from './program.ts';
import { execute } from './runtime/execute.ts';
import { Frame } from './runtime/frame.ts';
import type { Program } from './runtime/program.ts';
import { Run } from './runtime/run.ts';
import { place } from './runtime/unit.ts';
import { YAML_SYNTAX } from './syntax/options.ts';
import { defined } from './values/fail.ts';

const CACHE_SIZE = 20_000;
/** The same text stands in many places of a playbook; it is compiled once. */
const cache = new Map<string, Program>();

/** A string of trusted YAML that holds a template. It is compiled when it is first evaluated. */
export class Template extends Deferred {
  readonly text: string;
  readonly position: Position | undefined;
  private program: Program | undefined;

  constructor(text: string, position: Position | undefined) {
    super();
    this.text = text;
    this.position = position;
  }

  /** Compiles without evaluating. Throws TsplayError for what is no template, or names an unknown filter or test. */
  check(): void {
    this.compiled();
  }

  evaluate(scope: Scope): Value {
    const program = this.compiled();
    try {
      return evaluateProgram(program, scope);
    } catch (error) {
      throw explain(error, scope, this.text, this.position);
    }
  }

  private compiled(): Program {
    this.program ??= cached(this.text, this.position);
    return this.program;
  }
}

function cached(text: string, position: Position | undefined): Program {
  const known = cache.get(text);
  if (known) return known;
  try {
    const program = compileTemplate(text, YAML_SYNTAX);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, program);
    return program;
  } catch (error) {
    throw faultError(error, text, position);
  }
}

/** One expression alone gives its native value; anything else gives text, read as a literal where it looks like one. */
function evaluateProgram(program: Program, scope: Scope): Value {
  const run = new Run(scope, loaderFor(scope));
  if (program.mutates) run.copyVariables();
  const { text } = program.unit;
  if (!program.single) return withNewlines(readLiteral(execute(program, new Frame(run)).text), text);
  const value = program.single(new Frame(run));
  if (typeof value === 'string') return withNewlines(program.text ? value : readLiteral(value), text);
  if (value instanceof Undefined && value.message === NO_ELSE) return withNewlines('', text);
  if (typeof value === 'number' || typeof value === 'bigint' || value === null) {
    return text.endsWith('\n') ? withNewlines(printed(value), text) : value;
  }
  return checkDefined(value);
}

/** Text ends with at least as many newlines as its template, some of which the template's tags may have taken. */
function withNewlines(value: Value, source: string): Value {
  if (typeof value !== 'string' || !source.endsWith('\n')) return value;
  const missing = countNewlines(source) - countNewlines(value);
  return missing > 0 ? value + '\n'.repeat(missing) : value;
}

export function countNewlines(text: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === '\n') count += 1;
  return count;
}

/** The value itself; throws where it is undefined or holds something undefined. */
export function checkDefined(value: Value, seen = new Set<Value>()): Value {
  if (!Array.isArray(value) && !(value instanceof Map)) return defined(value);
  if (value instanceof LazyDict || seen.has(value)) return value;
  seen.add(value);
  for (const item of value.values()) checkDefined(item, seen);
  return value;
}

/** What the user reads: the place, and the name that was probably meant. */
export function explain(error: unknown, scope: Scope, text: string, position: Position | undefined): unknown {
  const fault = faultError(error, text, position);
  const located = place(fault, text, position);
  if (!(located instanceof TsplayError) || located.kind !== 'undefined' || located.hint) return located;
  const name = /^'(\w+)' is undefined$/.exec(located.message)?.[1];
  const hint = name && didYouMean(name, scope.names());
  if (!hint) return located;
  return new TsplayError('undefined', located.message, { position: located.position, hint, cause: located });
}
