import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { type ContentPlugins, Deferred, Float, type Raw, type Scope, type Value } from '../model/value.ts';
import { loaderFor } from './files.ts';
import { readHeader } from './header.ts';
import { faultOf, type LateName } from './late.ts';
import { didYouMean } from './names.ts';
import { compileTemplate, faultError } from './program.ts';
import { execute } from './runtime/execute.ts';
import { Frame } from './runtime/frame.ts';
import { withNewlines } from './runtime/newlines.ts';
import type { Program } from './runtime/program.ts';
import { isNative, singleResult } from './runtime/result.ts';
import { Run } from './runtime/run.ts';
import { place } from './runtime/unit.ts';
import { YAML_SYNTAX } from './syntax/options.ts';

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
  check(plugins?: ContentPlugins): void {
    const fault = faultOf(this.late(), plugins);
    if (fault) throw faultError(fault, this.text, this.position);
  }

  /** Filters and tests that are not built in. Throws TsplayError for what is no template. */
  late(): readonly LateName[] {
    return this.compiled().late;
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
    const { body, syntax } = readHeader(text, YAML_SYNTAX, { warn() {} });
    const program = compileTemplate(body, syntax);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, program);
    return program;
  } catch (error) {
    throw faultError(error, text, position);
  }
}

/** One expression alone gives its value as far as Ansible keeps it; anything else gives text, or what it looks like. */
function evaluateProgram(program: Program, scope: Scope): Value {
  const plain = program.variable === undefined ? undefined : plainVariable(scope.raw(program.variable));
  if (plain !== undefined) return plain;
  const mode = isNative(scope) ? 'native' : 'literal';
  const run = new Run(scope, loaderFor(scope), mode);
  if (program.mutates) run.copyVariables();
  const frame = new Frame(run);
  const value = program.single
    ? singleResult(program.single(frame), mode, run.isText)
    : run.result(execute(program, frame));
  return typeof value === 'string' ? withNewlines(value, program.unit.text) : value;
}

/** A number, boolean or None that is a variable's own value, not that of a template in it. */
function plainVariable(raw: Raw | undefined): Value | undefined {
  const plain = typeof raw === 'number' || typeof raw === 'boolean' || typeof raw === 'bigint' || raw instanceof Float;
  return plain || raw === null ? raw : undefined;
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
