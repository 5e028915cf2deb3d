import { locate, TsplayError } from '../../model/errors.ts';
import type { Position } from '../../model/source.ts';
import { Undefined, type Value } from '../../model/value.ts';
import { TracedUndefined } from '../values/fail.ts';

/** Where in its unit an error arose, until somebody who knows the unit's place adds the position. */
const offsets = new WeakMap<TsplayError, number>();

/** The text of one template, which turns offsets into positions. */
export class Unit {
  readonly text: string;
  /** The place of the text's first character; not known for text that stands in several places. */
  readonly base: Position | undefined;

  constructor(text: string, base?: Position) {
    this.text = text;
    this.base = base;
  }

  /** The error with its place, or with its offset noted, where it has none yet. */
  at(error: unknown, offset: number): unknown {
    if (!(error instanceof TsplayError) || error.position || offsets.has(error)) return error;
    if (this.base) return locate(error, placeOf(this.text, offset, this.base));
    offsets.set(error, offset);
    return error;
  }
}

/** Something undefined that knows where it was named, which is not where it is used. */
class NamedAt extends TracedUndefined {
  private readonly unit: Unit;
  private readonly offset: number;

  constructor(message: string, unit: Unit, offset: number) {
    super(message);
    this.unit = unit;
    this.offset = offset;
  }

  error(): unknown {
    return this.unit.at(new TsplayError('undefined', this.message), this.offset);
  }
}

/** The value; where it is undefined, it remembers the place. */
export function traced(value: Value, unit: Unit, offset: number): Value {
  if (!(value instanceof Undefined) || value instanceof TracedUndefined) return value;
  return new NamedAt(value.message, unit, offset);
}

/** Adds the position to an error of a unit that did not know its own. */
export function place(error: unknown, text: string, base: Position | undefined): unknown {
  if (!(error instanceof TsplayError) || error.position || !base) return error;
  return locate(error, placeOf(text, offsets.get(error) ?? 0, base));
}

/** The position of a character of `text`, which begins at `base`. */
export function placeOf(text: string, offset: number, base: Position): Position {
  const before = text.slice(0, offset);
  const newline = before.lastIndexOf('\n');
  if (newline < 0) return { file: base.file, line: base.line, column: base.column + offset };
  const lines = before.split('\n').length - 1;
  // The lines of a block in YAML all begin where its first does.
  return { file: base.file, line: base.line + lines, column: base.column - 1 + offset - newline };
}
