import type { Budget } from '../types.ts';
import { checkSize, fail } from '../values/fail.ts';

const MAX_STEPS = 10_000_000;
/** All that one evaluation may make, in bytes or members, whether it keeps it or not. */
const MAX_GROWTH = 512 * 1024 * 1024;

/** Ends a template that would run for ever or fill the memory. */
export class RunBudget implements Budget {
  private steps = 0;
  private growth = 0;

  step(count = 1): void {
    this.steps += count;
    if (this.steps > MAX_STEPS) fail(`the template takes too long (more than ${MAX_STEPS} steps)`);
  }

  grow(size: number): void {
    checkSize(size);
    this.growth += size;
    if (this.growth > MAX_GROWTH) fail(`the template needs too much memory (more than ${MAX_GROWTH} bytes)`);
  }
}
