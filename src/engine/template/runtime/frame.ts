import type { Value } from '../../model/value.ts';
import type { Inheritance } from './inheritance.ts';
import type { Run } from './run.ts';

/** The local variables of a template, loop, macro or block; outer ones are seen through `parent`. */
export class Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  /** The blocks of the template that this frame belongs to. */
  inheritance: Inheritance | undefined;
  /** An imported template sees globals, but no variables of the play. */
  readonly isolated: boolean;
  vars: Map<string, Value> | undefined;

  constructor(run: Run, parent?: Frame, options: { inheritance?: Inheritance | undefined; isolated?: boolean } = {}) {
    this.run = run;
    this.parent = parent;
    this.inheritance = options.inheritance ?? parent?.inheritance;
    this.isolated = options.isolated ?? parent?.isolated ?? false;
  }

  set(name: string, value: Value): void {
    this.vars ??= new Map();
    this.vars.set(name, value);
  }

  /** A variable of this template, or undefined (JS). */
  local(name: string): Value | undefined {
    for (let frame: Frame | undefined = this; frame; frame = frame.parent) {
      const value = frame.vars?.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** A variable's value; an Undefined where there is none. */
  lookup(name: string): Value {
    const value = this.local(name);
    if (value !== undefined) return value;
    return this.isolated ? this.run.global(name) : this.run.resolve(name);
  }
}
