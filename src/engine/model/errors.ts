import { formatPosition, type Position } from './source.ts';

/** What kind of mistake it is; the CLI derives the exit code from it. */
export type ErrorKind =
  | 'option' // a word of the command line that is no option, or lacks its value
  | 'usage' // what the command line asks for
  | 'parse' // a playbook, role, vars file or template that cannot be read
  | 'missing' // a file or role that is named and not there
  | 'play' // something well written that cannot be: an unknown strategy, roles that need each other
  | 'inventory'
  | 'undefined' // an undefined variable was used
  | 'template' // any other failure while a template is evaluated
  | 'module' // a module's arguments or its work
  | 'unreachable'
  | 'departure' // what a run is about to do is not in its plan
  | 'vault'
  | 'internal';

export interface ErrorDetails {
  readonly position?: Position | undefined;
  /** What to do next: one short sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** Lines that are shown below it as they are: further mistakes, a table. */
  readonly notes?: readonly string[] | undefined;
}

/** An error that a user reads: what, where, and what next. Never shown with a stack. */
export class TsplayError extends Error {
  readonly kind: ErrorKind;
  readonly position: Position | undefined;
  readonly hint: string | undefined;
  readonly notes: readonly string[];

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'TsplayError';
    this.kind = kind;
    this.position = details.position;
    this.hint = details.hint;
    this.notes = details.notes ?? [];
  }

  /** `site.yml:12:7: unknown module "lineinfle"; did you mean "lineinfile"?` */
  describe(): string {
    const place = this.position ? `${formatPosition(this.position)}: ` : '';
    return `${place}${this.message}${this.hint ? `; ${this.hint}` : ''}`;
  }
}

/** The same error with a place, if it has none yet. */
export function locate(error: unknown, position: Position | undefined): unknown {
  if (!(error instanceof TsplayError) || error.position || !position) return error;
  return new TsplayError(error.kind, error.message, { position, hint: error.hint, cause: error });
}
