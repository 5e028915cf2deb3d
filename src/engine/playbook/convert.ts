import type { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Value } from '../model/value.ts';
import type { KeywordSpec } from './keywords.ts';
import { problem } from './problem.ts';
import { didYouMean } from './suggest.ts';
import { textOf } from './yaml-access.ts';

/** The type of a keyword's value, as the table has it, as a value: literal when it is read, else when it is evaluated. */
export function convertKeyword(spec: KeywordSpec, value: Value, position: Position | undefined): Value {
  switch (spec.type) {
    case 'bool':
      return toBool(spec.name, value, position);
    case 'int':
      return toInt(spec.name, value, position);
    case 'number':
      return toNumber(spec.name, value, position);
    case 'percent':
      return toPercent(spec.name, value, position);
    default:
      return toText(spec, value, position);
  }
}

const TRUE = new Set(['y', 'yes', 'on', '1', 'true', 't', '1.0']);
const FALSE = new Set(['n', 'no', 'off', '0', 'false', 'f', '0.0']);

function toBool(name: string, value: Value, position: Position | undefined): boolean {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).toLowerCase().trim();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  const reason = ` The value '${textOf(value)}' is not a valid boolean.`;
  throw unconvertible(name, value, `bool.${reason}`, position, 'write true or false');
}

function toInt(name: string, value: Value, position: Position | undefined): number {
  const number = numberOf(value);
  if (Number.isInteger(number)) return number;
  throw unconvertible(name, value, 'int.', position, 'write a whole number');
}

function toNumber(name: string, value: Value, position: Position | undefined): number {
  const number = numberOf(value);
  if (!Number.isNaN(number)) return number;
  throw unconvertible(name, value, 'float.', position, 'write a number');
}

function toPercent(name: string, value: Value, position: Position | undefined): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(textOf(value));
  if (match) return Number(match[1]);
  throw unconvertible(name, value, 'percent.', position, 'write a number from 0 to 100');
}

function numberOf(value: Value): number {
  if (typeof value === 'boolean') return Number(value);
  const text = textOf(value).trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function toText({ name, choices }: KeywordSpec, value: Value, position: Position | undefined): string {
  const text = textOf(value);
  if (!choices || choices.includes(text)) return text;
  throw problem(
    `'${text}' is not a valid value for ${name}. Must be one of ${choices.join(', ')}`,
    position,
    didYouMean(text, choices),
  );
}

function unconvertible(
  name: string,
  value: Value,
  rest: string,
  position: Position | undefined,
  hint: string,
): TsplayError {
  const shown = typeof value === 'string' ? `'${value}'` : textOf(value);
  return problem(
    `the field '${name}' has an invalid value (${shown}), and could not be converted to ${rest}`,
    position,
    hint,
  );
}
