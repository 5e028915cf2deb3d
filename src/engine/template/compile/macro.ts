import { tuple, Undefined, type Value } from '../../model/value.ts';
import { callValue } from '../access.ts';
import { Frame } from '../runtime/frame.ts';
import type { Evaluate, Execute } from '../runtime/program.ts';
import type { Expression, MacroDefinition, Statement, StatementOf } from '../syntax/ast.ts';
import { fail } from '../values/fail.ts';
import { TemplateObject } from '../values/object.ts';
import { orElse } from '../values/presence.ts';
import { compileArguments } from './arguments.ts';

type CompileNode = (node: Expression) => Evaluate;
type CompileStatements = (body: readonly Statement[]) => Execute;

const MAX_DEPTH = 500;

interface CompiledMacro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: Evaluate | undefined }[];
  readonly body: Execute;
  /** Which of the special names the body reads: it takes further arguments only then. */
  readonly uses: { readonly varargs: boolean; readonly kwargs: boolean; readonly caller: boolean };
}

/** A macro bound to the place where it was defined. */
class Macro extends TemplateObject {
  readonly typeName = 'Macro';
  private readonly compiled: CompiledMacro;

  constructor(compiled: CompiledMacro, frame: Frame) {
    super(compiled.name, (args, kwargs) => invoke(compiled, frame, args, kwargs));
    this.compiled = compiled;
  }

  attribute(name: string): Value | undefined {
    const { parameters, uses } = this.compiled;
    switch (name) {
      case 'name':
        return this.compiled.name;
      case 'arguments':
        return tuple(parameters.map((parameter) => parameter.name));
      case 'catch_kwargs':
        return uses.kwargs;
      case 'catch_varargs':
        return uses.varargs;
      case 'caller':
        return uses.caller;
      default:
        return undefined;
    }
  }

  override print(): string {
    return `<Macro '${this.compiled.name}'>`;
  }
}

const depths = new WeakMap<object, number>();

function invoke(macro: CompiledMacro, frame: Frame, args: Value[], kwargs: Map<string, Value>): Value {
  const { run } = frame;
  const depth = (depths.get(run) ?? 0) + 1;
  if (depth > MAX_DEPTH) fail(`macro '${macro.name}' calls itself too often`);
  run.budget.step();
  depths.set(run, depth);
  try {
    const child = new Frame(run, frame);
    bindParameters(macro, child, args, kwargs);
    const output = run.output();
    macro.body(child, output);
    return run.result(output);
  } finally {
    depths.set(run, depth - 1);
  }
}

function bindParameters(macro: CompiledMacro, frame: Frame, args: Value[], kwargs: Map<string, Value>): void {
  const { name, parameters, uses } = macro;
  const rest = new Map(kwargs);
  for (const [index, parameter] of parameters.entries()) {
    if (index < args.length && rest.has(parameter.name)) {
      fail(`macro '${name}' got multiple values for argument '${parameter.name}'`);
    }
    const given = index < args.length ? args[index] : rest.get(parameter.name);
    rest.delete(parameter.name);
    const value = given === undefined ? parameter.fallback?.(frame) : given;
    frame.set(
      parameter.name,
      orElse(value, () => new Undefined(`parameter '${parameter.name}' was not provided`)),
    );
  }
  const caller = rest.get('caller');
  if (caller !== undefined && uses.caller) rest.delete('caller');
  if (uses.caller) frame.set('caller', caller ?? new Undefined('No caller defined'));
  if (uses.kwargs) frame.set('kwargs', new Map<Value, Value>(rest));
  else if (rest.size) fail(`macro '${name}' takes no keyword argument '${[...rest.keys()][0]}'`);
  if (uses.varargs) frame.set('varargs', tuple(args.slice(parameters.length)));
  else if (args.length > parameters.length) {
    fail(`macro '${name}' takes not more than ${parameters.length} argument(s)`);
  }
}

function compileDefinition(macro: MacroDefinition, expression: CompileNode, body: CompileStatements): CompiledMacro {
  const reads = { varargs: false, kwargs: false, caller: false };
  findNames(macro.body, reads);
  for (const { fallback } of macro.parameters) findNames(fallback, reads);
  const own = new Set(macro.parameters.map(({ name }) => name));
  return {
    name: macro.name,
    parameters: macro.parameters.map(({ name, fallback }) => ({ name, fallback: fallback && expression(fallback) })),
    body: body(macro.body),
    uses: {
      varargs: reads.varargs && !own.has('varargs'),
      kwargs: reads.kwargs && !own.has('kwargs'),
      caller: reads.caller && !own.has('caller'),
    },
  };
}

/** Notes which special names occur below a node of the syntax tree. */
function findNames(node: unknown, reads: Record<'varargs' | 'kwargs' | 'caller', boolean>): void {
  if (node instanceof Map || typeof node !== 'object' || node === null) return;
  const { kind, name } = node as { kind?: unknown; name?: unknown };
  if (kind === 'name' && (name === 'varargs' || name === 'kwargs' || name === 'caller')) reads[name] = true;
  for (const child of Object.values(node)) findNames(child, reads);
}

export function compileMacro(macro: MacroDefinition, expression: CompileNode, body: CompileStatements): Execute {
  const compiled = compileDefinition(macro, expression, body);
  return (frame) => {
    frame.set(macro.name, new Macro(compiled, frame));
    return undefined;
  };
}

/** `call`: the body becomes the macro `caller` of the macro that is called. */
export function compileCallBlock(
  node: StatementOf<'call-block'>,
  expression: CompileNode,
  body: CompileStatements,
): Execute {
  const callee = expression(node.call.callee);
  const { positional, named } = compileArguments(node.call.arguments, expression);
  const caller = compileDefinition(node.caller, expression, body);
  return (frame, output) => {
    if (output.muted) return undefined;
    const kwargs = named(frame);
    kwargs.set('caller', new Macro(caller, frame));
    output.print(callValue(callee(frame), positional(frame), kwargs));
    return undefined;
  };
}
