import type { Value } from '../../model/value.ts';
import { toBool } from '../filters/logic.ts';
import { fail, isInt, pyStr } from '../values.ts';

type Options = ReadonlyMap<string, Value>;

/** Text of an option; null and nothing give the default. */
export function textOption(options: Options, name: string, fallback: string): string;
export function textOption(options: Options, name: string): string | undefined;
export function textOption(options: Options, name: string, fallback?: string): string | undefined {
  const value = options.get(name);
  return value === undefined || value === null ? fallback : pyStr(value);
}

/** A whole number, also written as decimal text, `0x1f` or octal `0755`. Throws for anything else. */
export function numberOption(options: Options, name: string, fallback: number): number;
export function numberOption(options: Options, name: string): number | undefined;
export function numberOption(options: Options, name: string, fallback?: number): number | undefined {
  const value = options.get(name);
  if (value === undefined || value === null) return fallback;
  if (isInt(value)) return Number(value);
  const text = pyStr(value).trim();
  const octal = /^([+-]?)0([0-7]+)$/.exec(text);
  const number = octal ? Number(`${octal[1]}${Number.parseInt(octal[2]!, 8)}`) : Number(text);
  return text !== '' && Number.isInteger(number) ? number : fail(`option '${name}' is a whole number, not '${text}'`);
}

/** Truth as in `bool`: `yes`, `on`, `1`, `true`. */
export function boolOption(options: Options, name: string, fallback: boolean): boolean {
  const value = options.get(name);
  return value === undefined || value === null ? fallback : toBool(value) === true;
}
