import type { Outcome } from '../../model/change.ts';
import type { Dict } from '../../model/value.ts';
import type { Plan } from '../types.ts';

/**
 * Work that `async` began in this run. What the controller carries on keeps its result here; a command that the host
 * carries on keeps it in its file there, and this is how its module reports it.
 */
export type Job =
  | { readonly kind: 'carried'; readonly result: Dict | undefined }
  | { readonly kind: 'detached'; readonly report: (outcome: Outcome) => Partial<Omit<Plan, 'changes'>> };

/** What a module may know of the jobs of the run. */
export interface JobTable {
  /** Folder of the files of detached jobs, as it was given: `~/.ansible_async`. */
  readonly folder: string;
  /** Undefined for a job of another run, or one that was cleaned up. */
  find(id: string): Job | undefined;
}
