import { Callable, type Value } from '../../model/value.ts';
import { printed } from '../runtime/output.ts';
import type { Evaluate } from '../runtime/program.ts';
import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { lexCondition } from '../syntax/condition.ts';
import { parseAlone } from '../syntax/parse-expression.ts';
import { SyntaxFault } from '../syntax/token.ts';
import { fail } from '../values/fail.ts';

/** `{{ }}` in a condition: text within a string, else a value. */
export function compileInserted(node: ExpressionOf<'inserted'>, compile: (node: Expression) => Evaluate): Evaluate {
  const value = compile(node.value);
  if (node.quoted) return (frame) => printed(value(frame));
  return (frame) => answerOf(value(frame), (name) => frame.lookup(name));
}

/**
 * What a value counts as in a condition. Ansible reads text there as an expression once more; here only a literal or the
 * name of a variable is read, because the text may have come from a host.
 */
export function answerOf(value: Value, lookup: (name: string) => Value): Value {
  if (typeof value !== 'string') return value instanceof Callable ? fail('a function is no condition') : value;
  if (value.trim() === '') return false;
  const node = parse(value);
  if (node?.kind === 'constant') return node.value;
  if (node?.kind === 'name') return lookup(node.name);
  return fail(
    `the condition is the text '${value}', which is not evaluated`,
    'write the expression itself into the condition, without {{ }}',
  );
}

function parse(text: string): Expression | undefined {
  try {
    return parseAlone(lexCondition(text));
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}
