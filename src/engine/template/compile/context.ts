import type { LateName } from '../late.ts';
import type { Unit } from '../runtime/unit.ts';

/** What the compiler notes while it walks one template. */
export interface CompileContext {
  readonly unit: Unit;
  /** Set by a call of a method that changes its object. */
  mutates: boolean;
  /** Filters and tests that are not built in. */
  readonly late: LateName[];
}
