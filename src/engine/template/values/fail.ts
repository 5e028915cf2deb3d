import { TsplayError } from '../../model/errors.ts';
import { Undefined, type Value } from '../../model/value.ts';

/** The largest string (UTF-16 units) or list that a template may make in one step. */
export const MAX_SIZE = 64 * 1024 * 1024;

/** A failure of evaluation with Python's wording. The place is added by whoever knows it. */
export function fail(message: string, hint?: string): never {
  throw new TsplayError('template', message, { hint });
}

/** Something undefined that knows more of its error than the message. */
export abstract class TracedUndefined extends Undefined {
  abstract error(): unknown;
}

/** A variable whose own template used something undefined; it fails where it is used, with the original error. */
export class BrokenVariable extends TracedUndefined {
  private readonly cause: TsplayError;

  constructor(cause: TsplayError) {
    super(cause.message);
    this.cause = cause;
  }

  error(): TsplayError {
    return this.cause;
  }
}

/** What an inline `if` without `else` gives: undefined, but it prints as nothing, is false and has no members. */
export class Nothing extends Undefined {
  constructor() {
    super('the inline if-expression evaluated to false and no else section was defined.');
  }
}

/** Uses of something undefined end here. */
export function failUndefined(value: Undefined): never {
  if (value instanceof TracedUndefined) throw value.error();
  throw new TsplayError('undefined', value.message);
}

/** Throws when `value` is undefined, and gives it back otherwise. */
export function defined(value: Value): Value {
  return value instanceof Undefined ? failUndefined(value) : value;
}

/** Counts the members visited in one walk over nested data, which can be far more than are stored. */
export class Meter {
  private left: number;

  constructor(limit: number) {
    this.left = limit;
  }

  step(): void {
    if (--this.left < 0) fail('nested data is too large to walk');
  }
}

/** Refuses a string or list that would take too much memory, before it is made. */
export function checkSize(size: number): void {
  if (size > MAX_SIZE) fail(`a template's result is too large (${size} characters or members, ${MAX_SIZE} allowed)`);
}
