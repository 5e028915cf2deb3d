import type { Value } from '../../model/value.ts';
import type { Evaluate } from '../runtime/program.ts';
import type { Comparison, Expression, ExpressionOf } from '../syntax/ast.ts';
import { compare } from '../values/compare.ts';
import { equal } from '../values/equal.ts';
import { contains } from '../values/sequence.ts';

/** `a < b <= c`: each pair must hold; the rest is not evaluated after one that does not. */
export function compileComparison(node: ExpressionOf<'compare'>, compile: (node: Expression) => Evaluate): Evaluate {
  const first = compile(node.first);
  const rest = node.rest.map(({ operator, value }) => ({ holds: RELATIONS[operator], value: compile(value) }));
  const [only] = rest;
  if (only && rest.length === 1) return (frame) => only.holds(first(frame), only.value(frame));
  return (frame) => {
    let left = first(frame);
    for (const { holds, value } of rest) {
      const right = value(frame);
      if (!holds(left, right)) return false;
      left = right;
    }
    return true;
  };
}

const RELATIONS: Readonly<Record<Comparison, (a: Value, b: Value) => boolean>> = {
  '==': equal,
  '!=': (a, b) => !equal(a, b),
  '<': (a, b) => compare(a, b, '<') < 0,
  '<=': (a, b) => compare(a, b, '<=') <= 0,
  '>': (a, b) => compare(a, b, '>') > 0,
  '>=': (a, b) => compare(a, b, '>=') >= 0,
  in: (a, b) => contains(b, a),
  'not in': (a, b) => !contains(b, a),
};
