import { tuple, Undefined, type Value } from '../../model/value.ts';
import { callMethod, callValue, getAttribute, getItem, MUTATORS } from '../access.ts';
import { filterOf, testOf } from '../late.ts';
import { builtinPlugin } from '../registry.ts';
import type { Evaluate } from '../runtime/program.ts';
import { traced } from '../runtime/unit.ts';
import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { arithmetic, negate, positive } from '../values/arithmetic.ts';
import { dictSet } from '../values/equal.ts';
import { checkSize, Nothing } from '../values/fail.ts';
import { pyStr } from '../values/repr.ts';
import { slice } from '../values/sequence.ts';
import { truthy } from '../values/truth.ts';
import { compileArguments } from './arguments.ts';
import { compileComparison } from './comparison.ts';
import type { CompileContext } from './context.ts';
import { compileInserted } from './inserted.ts';

/** The name under which the body of a filter block is found; no template can write it. */
export const BODY = ' body';

/** Makes a closure that evaluates the expression. Errors get the place of the innermost part that failed. */
export function compileExpressionNode(node: Expression, context: CompileContext): Evaluate {
  const compile = (child: Expression): Evaluate => compileExpressionNode(child, context);
  switch (node.kind) {
    case 'constant':
      return constant(node.value);
    case 'body':
      return (frame) => frame.lookup(BODY);
    case 'inserted':
      return guard(compileInserted(node, compile), node, context);
    case 'name':
      return compileName(node, context);
    case 'list':
      return compileList(node.items.map(compile), (items) => items);
    case 'tuple':
      return compileList(node.items.map(compile), tuple);
    case 'and':
      return either(compile(node.left), compile(node.right), false, node, context);
    case 'or':
      return either(compile(node.left), compile(node.right), true, node, context);
    case 'condition':
      return guard(compileCondition(node, compile), node, context);
    case 'dict':
      return guard(compileDict(node, compile), node, context);
    case 'attribute':
      return compileAttribute(node, compile, context);
    case 'item':
      return compileItem(node, compile, context);
    case 'slice':
      return guard(compileSlice(node, compile), node, context);
    case 'call':
      return guard(compileCall(node, compile, context), node, context);
    case 'filter':
      return guard(compileFilter(node, compile, context), node, context);
    case 'test':
      return guard(compileTest(node, compile, context), node, context);
    case 'compare':
      return guard(compileComparison(node, compile), node, context);
    case 'concat':
      return guard(compileConcat(node.parts.map(compile)), node, context);
    case 'binary':
      return guard(compileBinary(node, compile), node, context);
    default:
      return guard(compileUnary(node, compile), node, context);
  }
}

/** Adds the place to what goes wrong inside. */
function guard(evaluate: Evaluate, { offset }: Expression, { unit }: CompileContext): Evaluate {
  return (frame) => {
    try {
      return evaluate(frame);
    } catch (error) {
      throw unit.at(error, offset);
    }
  };
}

function constant(value: Value): Evaluate {
  return () => value;
}

function compileName({ name, offset }: ExpressionOf<'name'>, { unit }: CompileContext): Evaluate {
  return (frame) => {
    try {
      return traced(frame.lookup(name), unit, offset);
    } catch (error) {
      throw unit.at(error, offset);
    }
  };
}

function compileList(items: readonly Evaluate[], finish: (items: Value[]) => Value): Evaluate {
  return (frame) => finish(items.map((evaluate) => evaluate(frame)));
}

function either(left: Evaluate, right: Evaluate, stop: boolean, node: Expression, context: CompileContext): Evaluate {
  return guard(
    (frame) => {
      const value = left(frame);
      return truthy(value) === stop ? value : right(frame);
    },
    node,
    context,
  );
}

function compileCondition(node: ExpressionOf<'condition'>, compile: (node: Expression) => Evaluate): Evaluate {
  const [test, then] = [compile(node.test), compile(node.then)];
  const otherwise = node.otherwise ? compile(node.otherwise) : () => new Nothing();
  return (frame) => (truthy(test(frame)) ? then(frame) : otherwise(frame));
}

function compileDict(node: ExpressionOf<'dict'>, compile: (node: Expression) => Evaluate): Evaluate {
  const entries = node.entries.map(([key, value]) => [compile(key), compile(value)] as const);
  return (frame) => {
    const dict = new Map<Value, Value>();
    for (const [key, value] of entries) dictSet(dict, key(frame), value(frame));
    return dict;
  };
}

function compileAttribute(
  node: ExpressionOf<'attribute'>,
  compile: (node: Expression) => Evaluate,
  context: CompileContext,
): Evaluate {
  const { name } = node;
  const object = compile(node.object);
  if (MUTATORS.has(name)) context.mutates = true;
  const { unit } = context;
  return guard((frame) => traced(getAttribute(object(frame), name), unit, node.offset), node, context);
}

function compileItem(
  node: ExpressionOf<'item'>,
  compile: (node: Expression) => Evaluate,
  context: CompileContext,
): Evaluate {
  const [object, index] = [compile(node.object), compile(node.index)];
  const { unit } = context;
  return guard((frame) => traced(getItem(object(frame), index(frame)), unit, node.offset), node, context);
}

function compileSlice(node: ExpressionOf<'slice'>, compile: (node: Expression) => Evaluate): Evaluate {
  const object = compile(node.object);
  const [start, stop, step] = [node.start, node.stop, node.step].map((part) => (part ? compile(part) : constant(null)));
  return (frame) => {
    const value = object(frame);
    if (value instanceof Undefined) return value;
    return slice(value, (start as Evaluate)(frame), (stop as Evaluate)(frame), (step as Evaluate)(frame));
  };
}

function compileCall(
  node: ExpressionOf<'call'>,
  compile: (node: Expression) => Evaluate,
  context: CompileContext,
): Evaluate {
  const { positional, named } = compileArguments(node.arguments, compile);
  if (node.callee.kind !== 'attribute') {
    const callee = compile(node.callee);
    return (frame) => {
      frame.run.budget.step();
      return callValue(callee(frame), positional(frame), named(frame));
    };
  }
  const { name } = node.callee;
  const object = compile(node.callee.object);
  if (MUTATORS.has(name)) context.mutates = true;
  return (frame) => {
    frame.run.budget.step();
    return callMethod(object(frame), name, positional(frame), named(frame));
  };
}

function compileFilter(
  { name, offset, ...node }: ExpressionOf<'filter'>,
  compile: (node: Expression) => Evaluate,
  { late }: CompileContext,
): Evaluate {
  const own = builtinPlugin('filter', name);
  if (!own) late.push({ kind: 'filter', name, offset });
  const value = compile(node.value);
  const { positional, named } = compileArguments(node.arguments, compile);
  return (frame) => {
    frame.run.budget.step();
    const filter = filterOf(name, frame.run.scope, own);
    return filter(value(frame), positional(frame), named(frame), frame.run);
  };
}

function compileTest(
  { name, offset, ...node }: ExpressionOf<'test'>,
  compile: (node: Expression) => Evaluate,
  { late }: CompileContext,
): Evaluate {
  const own = builtinPlugin('test', name);
  if (!own) late.push({ kind: 'test', name, offset });
  const value = compile(node.value);
  const { positional, named } = compileArguments(node.arguments, compile);
  const { negated } = node;
  return (frame) => {
    const test = testOf(name, frame.run.scope, own);
    return test(value(frame), positional(frame), named(frame), frame.run) !== negated;
  };
}

function compileConcat(parts: readonly Evaluate[]): Evaluate {
  return (frame) => {
    const texts = parts.map((evaluate) => pyStr(evaluate(frame)));
    checkSize(texts.reduce((size, text) => size + text.length, 0));
    return texts.join('');
  };
}

function compileBinary(node: ExpressionOf<'binary'>, compile: (node: Expression) => Evaluate): Evaluate {
  const { operator } = node;
  const [left, right] = [compile(node.left), compile(node.right)];
  return (frame) => arithmetic(operator, left(frame), right(frame));
}

function compileUnary(
  node: ExpressionOf<'not' | 'negate' | 'positive'>,
  compile: (node: Expression) => Evaluate,
): Evaluate {
  const value = compile(node.value);
  if (node.kind === 'not') return (frame) => !truthy(value(frame));
  return node.kind === 'negate' ? (frame) => negate(value(frame)) : (frame) => positive(value(frame));
}
