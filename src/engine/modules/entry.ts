import type { Arguments } from './args/coerce.ts';
import type { ModuleDefinition } from './types.ts';

/**
 * What is known of an action without loading it: enough for a parser. `directive` marks the executor's own
 * (`meta`, `include_tasks`, ...), which are given as arguments alone.
 */
export interface ActionEntry {
  readonly name: string;
  /** `ansible.builtin` unless said otherwise. */
  readonly collection?: string;
  readonly aliases?: readonly string[];
  readonly freeForm?: 'command' | 'text';
  /** Arguments that are expressions, whose evaluation the module does itself. */
  readonly deferred?: readonly string[];
  readonly load: () => Promise<ModuleDefinition | Directive>;
  readonly directive?: boolean;
}

/** An action of the executor: how its arguments are read, and nothing that it does. */
export interface Directive extends Arguments {
  readonly collection: string;
  readonly summary: string;
}
