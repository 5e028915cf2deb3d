import { Undefined } from '../../model/value.ts';
import type { Evaluate } from '../runtime/program.ts';
import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { failUndefined, Nothing } from '../values/fail.ts';
import { truthy } from '../values/truth.ts';
import type { CompileContext } from './context.ts';
import { compileExpressionNode } from './expression.ts';

/** Filters whose result is text on purpose: it is not read as a list or dict again. Ansible knows just these spellings. */
const TEXT_FILTERS: ReadonlySet<string> = new Set([
  'string',
  'to_json',
  'to_nice_json',
  'to_yaml',
  'to_nice_yaml',
  'ppretty',
  'json',
]);

/** An expression that is a whole template. Its undefined result is an error at its place. */
export function compileRoot(node: Expression, context: CompileContext): Evaluate {
  const evaluate = compileMarked(node, context);
  return (frame) => {
    const value = evaluate(frame);
    if (!(value instanceof Undefined) || value instanceof Nothing) return value;
    try {
      return failUndefined(value);
    } catch (error) {
      throw context.unit.at(error, node.offset);
    }
  };
}

/** Notes in the run whether the value is text on purpose. */
export function compileMarked(node: Expression, context: CompileContext): Evaluate {
  if (node.kind === 'condition' && node.otherwise) return compileBranches(node, node.otherwise, context);
  const evaluate = compileExpressionNode(node, context);
  if (node.kind === 'call') {
    // The call of a lookup marks its own result.
    return (frame) => {
      frame.run.isText = false;
      return evaluate(frame);
    };
  }
  const isText = node.kind === 'filter' && TEXT_FILTERS.has(node.name);
  return (frame) => {
    const value = evaluate(frame);
    frame.run.isText = isText;
    return value;
  };
}

function compileBranches(node: ExpressionOf<'condition'>, otherwise: Expression, context: CompileContext): Evaluate {
  const test = compileExpressionNode(node.test, context);
  const [yes, no] = [compileMarked(node.then, context), compileMarked(otherwise, context)];
  return (frame) => (truthy(test(frame)) ? yes(frame) : no(frame));
}
