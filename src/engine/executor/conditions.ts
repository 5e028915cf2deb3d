import { TsplayError } from '../model/errors.ts';
import { Deferred, type Raw, type Scope, Undefined, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { truthy } from '../template/values.ts';

/** The first condition that does not hold, or undefined if all do. */
export function firstFalse(conditions: readonly Raw[], scope: Scope): { readonly text: Value } | undefined {
  for (const condition of conditions) if (!holds(condition, scope)) return { text: textOf(condition) };
  return undefined;
}

/** Whether one condition holds. Throws with the condition's text when it cannot be told. */
export function holds(condition: Raw, scope: Scope): boolean {
  try {
    const value = evaluate(condition, scope);
    if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
    return truthy(value);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    const text = String(textOf(condition));
    throw new TsplayError(
      error.kind,
      `The conditional check '${text}' failed. The error was: error while evaluating conditional (${text}): ${error.message}`,
      { position: error.position, hint: error.hint, cause: error },
    );
  }
}

function textOf(condition: Raw): Value {
  return condition instanceof Deferred ? condition.text : (condition as Value);
}
