import type { Frame } from './frame.ts';
import type { Output } from './output.ts';
import type { Program } from './program.ts';

export type BlockBody = (frame: Frame, output: Output) => void;

/** What `extends` builds up: the versions of each block, from the most derived on, and the template to go on with. */
export class Inheritance {
  readonly blocks = new Map<string, BlockBody[]>();
  /** The template that was extended last, not yet run. */
  parent: Program | undefined;
  /** The frame that blocks see: the template's own top level. */
  readonly top: Frame;

  constructor(top: Frame) {
    this.top = top;
  }

  add(program: Program): void {
    for (const [name, body] of program.blocks) {
      const versions = this.blocks.get(name);
      if (versions) versions.push(body);
      else this.blocks.set(name, [body]);
    }
  }
}
