import type { Position } from '../model/source.ts';
import type { Content, TaskAt } from './content.ts';

export type Severity = 'error' | 'warning';

/** What a rule says of one place. */
export interface Problem {
  readonly message: string;
  readonly position: Position;
  /** What to do: one short sentence. */
  readonly hint?: string | undefined;
}

export interface Finding extends Problem {
  /** Name of the rule; `internal` where lint itself could not go on. */
  readonly rule: string;
  readonly severity: Severity;
}

/** A rule's page; `bad` and `good` are YAML (or a template), and are tried by the tests. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  readonly bad: string;
  readonly good: string;
}

type Found = readonly Problem[] | Promise<readonly Problem[]>;

/** One kind of mistake. A rule that cannot be sure says nothing. */
export interface Rule {
  readonly name: string;
  readonly severity: Severity;
  /** It is applied only where it is named. */
  readonly optional?: boolean;
  readonly docs: RuleDocs;
  /** Looks at each task, handlers too. */
  task?(at: TaskAt, content: Content): Found;
  /** Looks at all that was read at once. */
  all?(content: Content): Found;
}
