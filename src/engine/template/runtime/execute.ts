import { BlockScope } from './block-scope.ts';
import type { Frame } from './frame.ts';
import { Inheritance } from './inheritance.ts';
import type { Output } from './output.ts';
import type { Program } from './program.ts';

/** Runs a template and those it extends. `top` is its top level and holds its variables afterwards. */
export function execute(program: Program, top: Frame): Output {
  const inheritance = new Inheritance(top);
  inheritance.add(program);
  top.inheritance = inheritance;
  if (program.blocks.size) top.set('self', new BlockScope(inheritance, top));
  const output = top.run.output();
  for (let current: Program | undefined = program; current; current = inheritance.parent) {
    if (current.mutates) top.run.copyVariables();
    output.muted = false;
    inheritance.parent = undefined;
    current.body(top, output);
  }
  return output;
}
