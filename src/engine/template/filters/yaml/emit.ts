import { TsplayError } from '../../../model/errors.ts';
import { Callable, Float, Undefined, type Value } from '../../../model/value.ts';
import { Undecrypted } from '../../values/undecrypted.ts';
import { reprFloat } from '../../values.ts';
import { analyse, resolvesToOther } from './scalar.ts';
import { YamlWriter } from './writer.ts';

export interface EmitOptions {
  /** Spaces a level; 2 to 9, anything else means 2. */
  readonly indent?: number;
  /** Lines longer than this are folded at spaces. */
  readonly width?: number;
  /** True: all on one line; false: all in block style; undefined: only collections without collections on one line. */
  readonly flow?: boolean | undefined;
  readonly sortKeys?: boolean;
  /** Texts of several lines as block literals (`|`) where YAML can hold them so. */
  readonly literal?: boolean;
}

interface Style {
  readonly step: number;
  readonly flow: boolean | undefined;
  readonly sortKeys: boolean;
  readonly literal: boolean;
}

interface Place {
  readonly inFlow: boolean;
  /** A value of a block mapping: a sequence there may stand at the mapping's own column. */
  readonly inMapping?: boolean;
  readonly simpleKey?: boolean;
}

/** Longest key in bytes that is written before its colon; longer ones need `? `. */
const SIMPLE_KEY_BYTES = 128;
const DEEPEST = 400;

/**
 * YAML text of a value, byte for byte as Ansible's dumper (PyYAML over libyaml) writes it, but that a value met twice
 * is written twice instead of as an alias. Throws TsplayError for undefined values and functions.
 */
export function emitYaml(value: Value, options: EmitOptions = {}): string {
  const { indent = 2, width = 80, flow, sortKeys = true, literal = false } = options;
  const step = indent >= 2 && indent <= 9 ? indent : 2;
  const writer = new YamlWriter(width < 0 ? Number.POSITIVE_INFINITY : width <= step * 2 ? 80 : width);
  emitNode(value, { inFlow: false }, writer, { step, flow, sortKeys, literal }, 0);
  writer.writeIndent();
  const text = writer.toString();
  return text.endsWith('\n') ? text : `${text}\n`;
}

function emitNode(value: Value, place: Place, writer: YamlWriter, style: Style, depth: number): void {
  if (depth > DEEPEST) throw new TsplayError('template', 'the value is nested too deeply for YAML, or contains itself');
  if (Array.isArray(value)) {
    if (isFlow(value, value.length, place, style)) emitFlowSequence(value, writer, style, depth);
    else emitBlockSequence(value, place, writer, style, depth);
    return;
  }
  if (value instanceof Map) {
    const entries = style.sortKeys ? sortEntries([...value]) : [...value];
    if (isFlow(entries.flat(), entries.length, place, style)) emitFlowMapping(entries, writer, style, depth);
    else emitBlockMapping(entries, writer, style, depth);
    return;
  }
  const before = increaseIndent(writer, style, true);
  if (value instanceof Uint8Array) emitBinary(value, place, writer);
  else if (value instanceof Undecrypted) emitEncrypted(value, place, writer);
  else if (style.literal && isLiteral(value, place)) emitLiteral(value, writer, style);
  else emitScalar(value, place, writer);
  writer.indent = before;
}

function isFlow(members: readonly Value[], size: number, place: Place, style: Style): boolean {
  return place.inFlow || size === 0 || (style.flow ?? !members.some(isNested));
}

function isNested(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map || value instanceof Uint8Array || value instanceof Undecrypted;
}

function increaseIndent(writer: YamlWriter, style: Style, inFlow: boolean, indentless = false): number {
  const before = writer.indent;
  if (before < 0) writer.indent = inFlow ? style.step : 0;
  else if (!indentless) writer.indent += style.step;
  return before;
}

function emitFlowSequence(items: Value[], writer: YamlWriter, style: Style, depth: number): void {
  writer.writeIndicator('[', { space: true, blank: true });
  const before = increaseIndent(writer, style, true);
  for (const [index, item] of items.entries()) {
    if (index > 0) writer.writeIndicator(',');
    if (writer.tooLong) writer.writeIndent();
    emitNode(item, { inFlow: true }, writer, style, depth + 1);
  }
  writer.indent = before;
  writer.writeIndicator(']');
}

function emitFlowMapping(entries: [Value, Value][], writer: YamlWriter, style: Style, depth: number): void {
  writer.writeIndicator('{', { space: true, blank: true });
  const before = increaseIndent(writer, style, true);
  for (const [index, [key, item]] of entries.entries()) {
    if (index > 0) writer.writeIndicator(',');
    if (writer.tooLong) writer.writeIndent();
    if (isSimpleKey(key)) {
      emitNode(key, { inFlow: true, simpleKey: true }, writer, style, depth + 1);
      writer.writeIndicator(':');
    } else {
      writer.writeIndicator('?', { space: true });
      emitNode(key, { inFlow: true }, writer, style, depth + 1);
      if (writer.tooLong) writer.writeIndent();
      writer.writeIndicator(':', { space: true });
    }
    emitNode(item, { inFlow: true }, writer, style, depth + 1);
  }
  writer.indent = before;
  writer.writeIndicator('}');
}

function emitBlockSequence(items: Value[], place: Place, writer: YamlWriter, style: Style, depth: number): void {
  const before = increaseIndent(writer, style, false, place.inMapping === true && !writer.indention);
  for (const item of items) {
    writer.writeIndent();
    writer.writeIndicator('-', { space: true, indention: true });
    emitNode(item, { inFlow: false }, writer, style, depth + 1);
  }
  writer.indent = before;
}

function emitBlockMapping(entries: [Value, Value][], writer: YamlWriter, style: Style, depth: number): void {
  const before = increaseIndent(writer, style, false);
  for (const [key, item] of entries) {
    writer.writeIndent();
    if (isSimpleKey(key)) {
      emitNode(key, { inFlow: false, simpleKey: true }, writer, style, depth + 1);
      writer.writeIndicator(':');
    } else {
      writer.writeIndicator('?', { space: true, indention: true });
      emitNode(key, { inFlow: false, inMapping: true }, writer, style, depth + 1);
      writer.writeIndent();
      writer.writeIndicator(':', { space: true, indention: true });
    }
    emitNode(item, { inFlow: false, inMapping: true }, writer, style, depth + 1);
  }
  writer.indent = before;
}

function isSimpleKey(key: Value): boolean {
  if (Array.isArray(key)) return key.length === 0;
  if (key instanceof Map) return key.size === 0;
  if (key instanceof Uint8Array) return false;
  if (typeof key !== 'string') return true;
  return !analyse([...key]).multiline && Buffer.byteLength(key) <= SIMPLE_KEY_BYTES;
}

function emitScalar(value: Value, place: Place, writer: YamlWriter): void {
  const chars = [...represent(value)];
  const traits = analyse(chars);
  const foldable = !place.simpleKey;
  const needsQuotes =
    !(place.inFlow ? traits.plainInFlow : traits.plainInBlock) ||
    (chars.length === 0 && (place.inFlow || place.simpleKey)) ||
    (typeof value === 'string' && resolvesToOther(value));
  if (place.simpleKey && traits.multiline) writer.writeDoubleQuoted(chars, foldable);
  else if (!needsQuotes) writer.writePlain(chars, foldable, place.inFlow);
  else if (traits.singleQuoted) writer.writeSingleQuoted(chars, foldable);
  else writer.writeDoubleQuoted(chars, foldable);
}

function isLiteral(value: Value, place: Place): value is string {
  if (typeof value !== 'string' || place.inFlow || place.simpleKey) return false;
  const traits = analyse([...value]);
  return traits.multiline && traits.literal;
}

function emitLiteral(text: string, writer: YamlWriter, { step }: Style): void {
  const lines = text.split('\n');
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  const chomping = !ended ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  // Where the text itself begins with blanks, its indentation must be said.
  writer.writeLiteral(lines, `${/^[ \n]/.test(text) ? step : ''}${chomping}`);
}

function emitBinary(value: Uint8Array, place: Place, writer: YamlWriter): void {
  const lines =
    Buffer.from(value)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  writer.writeIndicator('!!binary', { space: true });
  if (place.inFlow || place.simpleKey) writer.writeDoubleQuoted([...lines.map((line) => `${line}\n`).join('')], true);
  else writer.writeLiteral(lines);
}

function emitEncrypted({ ciphertext }: Undecrypted, place: Place, writer: YamlWriter): void {
  writer.writeIndicator('!vault', { space: true });
  if (place.inFlow || place.simpleKey) writer.writeDoubleQuoted([...ciphertext], true);
  else writer.writeLiteral(ciphertext.trimEnd().split('\n'));
}

function represent(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Float) return representFloat(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : representFloat(value);
  if (value instanceof Undefined) throw new TsplayError('undefined', value.message);
  if (value instanceof Callable)
    throw new TsplayError('template', `a function (${value.name}) cannot be written as YAML`);
  throw new TsplayError('template', 'cannot be written as YAML');
}

function representFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = reprFloat(value);
  // YAML 1.1 reads 1e16 as a string, so a point is put in.
  return text.includes('.') ? text : text.replace('e', '.0e');
}

/** Python's order where all keys compare with each other, else the order they have. */
function sortEntries(entries: [Value, Value][]): [Value, Value][] {
  if (entries.every(([key]) => typeof key === 'string')) {
    return entries.sort(([a], [b]) => compareText(a as string, b as string));
  }
  if (entries.every(([key]) => isNumeric(key))) return entries.sort(([a], [b]) => toNumber(a) - toNumber(b));
  return entries;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function isNumeric(value: Value): boolean {
  return ['number', 'bigint', 'boolean'].includes(typeof value) || value instanceof Float;
}

function toNumber(value: Value): number {
  return value instanceof Float ? value.value : Number(value);
}
