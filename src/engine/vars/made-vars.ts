import type { Raw } from '../model/value.ts';

/**
 * Variables that tasks gave to a host. In check mode some are not to be relied on: what would give them their value was
 * left out.
 */
export class MadeVars extends Map<string, Raw> {
  private doubts: Map<string, string> | undefined;

  override set(name: string, value: Raw): this {
    this.doubts?.delete(name);
    return super.set(name, value);
  }

  /** From now on the variable is not to be relied on, because of `why`. */
  doubt(name: string, why: string): void {
    this.doubts ??= new Map();
    this.doubts.set(name, why);
  }

  doubtOf(name: string): string | undefined {
    return this.doubts?.get(name);
  }
}
