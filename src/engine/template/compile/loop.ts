import type { Value } from '../../model/value.ts';
import { Loop } from '../objects.ts';
import { Frame } from '../runtime/frame.ts';
import type { Output } from '../runtime/output.ts';
import type { Evaluate, Execute } from '../runtime/program.ts';
import type { Expression, Statement, StatementOf } from '../syntax/ast.ts';
import { fail } from '../values/fail.ts';
import { iterate } from '../values/sequence.ts';
import { truthy } from '../values/truth.ts';
import { assign } from './assign.ts';

interface Compiled {
  readonly node: StatementOf<'for'>;
  readonly items: Evaluate;
  readonly filter: Evaluate | undefined;
  readonly body: Execute;
  readonly otherwise: Execute;
}

const MAX_DEPTH = 500;

/** `for`: each turn has its own variables; the filter does not see `loop`. */
export function compileFor(
  node: StatementOf<'for'>,
  expression: (node: Expression) => Evaluate,
  body: (body: readonly Statement[]) => Execute,
): Execute {
  const compiled: Compiled = {
    node,
    items: expression(node.items),
    filter: node.filter && expression(node.filter),
    body: body(node.body),
    otherwise: body(node.otherwise),
  };
  return (frame, output) => {
    runLoop(compiled, compiled.items(frame), frame, output, 1);
    return undefined;
  };
}

function runLoop(compiled: Compiled, source: Value, frame: Frame, output: Output, depth: number): void {
  if (depth > MAX_DEPTH) fail('the loop calls itself too often');
  const items = select(compiled, iterate(source), frame);
  const recurse = (more: Value): Value => {
    if (!compiled.node.recursive) fail("The loop must have the 'recursive' marker to be called recursively.");
    const inner = frame.run.output();
    runLoop(compiled, more, frame, inner, depth + 1);
    return frame.run.result(inner);
  };
  const loop = new Loop(items, depth, recurse);
  for (const [index, item] of items.entries()) {
    frame.run.budget.step();
    loop.index = index;
    const turn = new Frame(frame.run, frame);
    turn.set('loop', loop);
    assign(compiled.node.target, item, turn);
    if (compiled.body(turn, output) === 'break') break;
  }
  if (items.length === 0) compiled.otherwise(new Frame(frame.run, frame), output);
}

/** The items to walk: a copy, so that the body may change the list. */
function select({ node, filter }: Compiled, items: readonly Value[], frame: Frame): Value[] {
  if (!filter) return [...items];
  return items.filter((item) => {
    frame.run.budget.step();
    const turn = new Frame(frame.run, frame);
    assign(node.target, item, turn);
    return truthy(filter(turn));
  });
}
