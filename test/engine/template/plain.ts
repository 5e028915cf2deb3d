import type { Value } from '../../../src/engine/model/value.ts';
import { compileText, evaluate } from '../../../src/engine/template/compile.ts';
import { loaderFor } from '../../../src/engine/template/files.ts';
import { Run } from '../../../src/engine/template/runtime/run.ts';
import type { Context } from '../../../src/engine/template/types.ts';
import { python, scopeOf } from './support.ts';

const VARS = {
  d: { a: 1, b: { x: [1, 2] } },
  ld: [
    { name: 'x', tags: ['p', 'q'] },
    { name: 'y', tags: ['r'] },
  ],
  m: [1, 'a', null, true, 2.5, [1], { k: 'v' }],
  multi: 'l1\nl2\n\nl4',
  path: '/etc/nginx/nginx.conf',
  s: 'hello world',
  u: 'héllo',
};

/** An expression's value over a few variables, with more on top; within a list it is not turned into text. */
export function evaluateHere(expression: string, more: Readonly<Record<string, unknown>> = {}): Value {
  const vars = Object.entries({ ...VARS, ...more }).map(([name, value]): [string, Value] => [name, python(value)]);
  const scope = scopeOf(new Map(vars));
  const [value] = evaluate(compileText(`{{ [${expression}] }}`), scope) as Value[];
  return value as Value;
}

/** What a filter gets beside its arguments. */
export function contextOf(vars: Readonly<Record<string, unknown>>, world: Parameters<typeof scopeOf>[1] = {}): Context {
  const dict = Object.entries(vars).map(([name, value]): [string, Value] => [name, python(value)]);
  const scope = scopeOf(new Map(dict), world);
  return new Run(scope, loaderFor(scope));
}
