import type { Value } from '../../model/value.ts';
import type { LateName } from '../late.ts';
import type { Frame } from './frame.ts';
import type { BlockBody } from './inheritance.ts';
import type { Output } from './output.ts';
import type { Unit } from './unit.ts';

export type Evaluate = (frame: Frame) => Value;

/** What a statement does; the answer is how its loop goes on. */
export type Execute = (frame: Frame, output: Output) => 'break' | 'continue' | undefined;

/** A compiled template. */
export interface Program {
  readonly unit: Unit;
  readonly body: Execute;
  readonly blocks: ReadonlyMap<string, BlockBody>;
  /** Set where the whole text is one `{{ expression }}`; it leaves `isText` of the run as its value has it. */
  readonly single: Evaluate | undefined;
  /** The name where the whole text is `{{ name }}`. */
  readonly variable: string | undefined;
  /** It calls a method that changes its object; variables are then copied first. */
  readonly mutates: boolean;
  /** Filters and tests that are not built in. */
  readonly late: readonly LateName[];
}
