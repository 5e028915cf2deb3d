import { Callable, type Value } from '../../model/value.ts';
import { fail } from '../values/fail.ts';
import { TemplateObject } from '../values/object.ts';
import { Frame } from './frame.ts';
import type { Inheritance } from './inheritance.ts';
import type { Output } from './output.ts';

/** Renders the blocks of a template; as `self`, it is what templates call them by. */
export class BlockScope extends TemplateObject {
  readonly typeName = 'TemplateReference';
  private readonly inheritance: Inheritance;
  private readonly outer: Frame;

  constructor(inheritance: Inheritance, outer: Frame) {
    super('self', () => fail("'TemplateReference' object is not callable"));
    this.inheritance = inheritance;
    this.outer = outer;
  }

  attribute(name: string): Value | undefined {
    return this.inheritance.blocks.has(name) ? new Callable(name, () => this.text(name, 0)) : undefined;
  }

  /** Writes the block's version of that level: 0 is the most derived. */
  render(name: string, level: number, output: Output): void {
    const body = this.inheritance.blocks.get(name)?.[level];
    if (!body) return fail(`there is no parent block called '${name}'`);
    const frame = new Frame(this.outer.run, this.outer, { inheritance: this.inheritance });
    frame.run.budget.step();
    frame.set('super', new Callable('super', () => this.text(name, level + 1)));
    body(frame, output);
  }

  private text(name: string, level: number): Value {
    const { run } = this.outer;
    const output = run.output();
    this.render(name, level, output);
    return run.result(output);
  }
}
