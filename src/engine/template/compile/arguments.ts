import type { Value } from '../../model/value.ts';
import { pairs } from '../methods/dict.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Evaluate } from '../runtime/program.ts';
import type { Arguments, Expression } from '../syntax/ast.ts';
import { fail } from '../values/fail.ts';
import { iterate } from '../values/sequence.ts';

export interface CompiledArguments {
  /** A fresh list for each call. */
  positional(frame: Frame): Value[];
  named(frame: Frame): Map<string, Value>;
}

/** The arguments of a call, evaluated from left to right. */
export function compileArguments(node: Arguments, compile: (node: Expression) => Evaluate): CompiledArguments {
  const args = node.args.map(compile);
  const kwargs = node.kwargs.map(({ name, value }) => [name, compile(value)] as const);
  const spread = node.spread && compile(node.spread);
  const spreadNamed = node.spreadNamed && compile(node.spreadNamed);
  return {
    positional(frame) {
      const values = args.map((evaluate) => evaluate(frame));
      if (spread) values.push(...iterate(spread(frame)));
      return values;
    },
    named(frame) {
      const values = new Map<string, Value>();
      for (const [name, evaluate] of kwargs) values.set(name, evaluate(frame));
      if (spreadNamed) addNamed(values, spreadNamed(frame));
      return values;
    },
  };
}

function addNamed(values: Map<string, Value>, more: Value): void {
  for (const [name, value] of pairs(more)) {
    if (typeof name !== 'string') fail('keywords must be strings');
    if (values.has(name as string)) fail(`got multiple values for keyword argument '${name}'`);
    values.set(name as string, value);
  }
}
