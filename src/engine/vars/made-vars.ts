import type { Raw } from '../model/value.ts';
import type { Doubt } from './layer.ts';

/**
 * Variables that tasks gave to a host. In check mode some are not to be relied on: what would give them their value was
 * left out.
 */
export class MadeVars extends Map<string, Raw> {
  private doubts: Map<string, Doubt> | undefined;

  override set(name: string, value: Raw): this {
    this.doubts?.delete(name);
    return super.set(name, value);
  }

  /** From now on the variable is not to be relied on. */
  doubt(name: string, doubt: Doubt): void {
    this.doubts ??= new Map();
    this.doubts.set(name, doubt);
  }

  doubtOf(name: string): Doubt | undefined {
    return this.doubts?.get(name);
  }
}
