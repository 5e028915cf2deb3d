import { TsplayError } from '../../../model/errors.ts';
import type { Position } from '../../../model/source.ts';
import type { Dict, Scope, Value } from '../../../model/value.ts';
import { compileExpression, evaluate } from '../../../template/compile.ts';
import { pyStr } from '../../../template/values.ts';

/** What a source computes of its hosts: variables, groups by conditions, groups by values. */
export interface Features {
  readonly compose: Dict;
  readonly groups: Dict;
  readonly keyedGroups: readonly Value[];
  /** Whether an expression that cannot be evaluated is an error; else it counts for nothing. */
  readonly strict: boolean;
  /** Whether a group's name begins with the separator where there is no prefix. */
  readonly leadingSeparator: boolean;
  readonly position: Position;
}

/** The value of an expression, or undefined where it has none and that is no error. */
export function computed(
  text: Value,
  scope: Scope,
  { strict, position }: Pick<Features, 'strict' | 'position'>,
  purpose: string,
): Value | undefined {
  try {
    return evaluate(compileExpression(pyStr(text), position), scope);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    if (!strict) return undefined;
    throw new TsplayError('inventory', `${purpose}: ${error.message}`, { position, hint: error.hint, cause: error });
  }
}
