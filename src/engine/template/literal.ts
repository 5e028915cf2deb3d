import { TsplayError } from '../model/errors.ts';
import { tuple, type Value } from '../model/value.ts';
import { lexExpression } from './syntax/expression-lexer.ts';
import { SyntaxFault, type Token } from './syntax/token.ts';
import { TokenStream } from './syntax/token-stream.ts';
import { negate } from './values/arithmetic.ts';
import { dictSet } from './values/equal.ts';
import { orElse } from './values/presence.ts';

const NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const JSON_NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...NAMES,
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** A string of Python ends on the line where it begins, unlike one of a template. */
const SHORT_STRING = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;

const STRING_OR_COMMENT = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|#[^\n]*/g;

/**
 * What a template's text becomes: text that looks like a list, dict or bool is read as a literal of Python (JSON's
 * names for the constants count too), and stays text where it is none.
 */
export function readLiteral(text: string): Value {
  if (text === 'True') return true;
  if (text === 'False') return false;
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  return orElse(
    parse(text, (tokens) => readTuple(tokens, JSON_NAMES)),
    () => text,
  );
}

/** What a template's text becomes with jinja2_native: any literal of Python but a string, which keeps its quotes. */
export function readNative(text: string): Value {
  if (!/^[#\n\d'"([{+\-TFNuUbB]/.test(text)) return text;
  const value = parse(text, (tokens) => readTuple(tokens, NAMES));
  if (typeof value === 'string') return `${text[0]}${value}${text[0]}`;
  return orElse(value, () => text);
}

/** The value of a literal of Python or JSON, or undefined (JS). */
export function readScalar(text: string): Value | undefined {
  return parse(text, (tokens) => readValue(tokens, JSON_NAMES));
}

function parse(text: string, read: (tokens: TokenStream) => Value): Value | undefined {
  try {
    const source = text.includes('#') ? text.replace(STRING_OR_COMMENT, withoutComment) : text;
    const tokens: Token[] = [];
    lexExpression(source, 0, undefined, false, (token) => {
      SHORT_STRING.lastIndex = token.offset;
      if (token.kind === 'string' && !SHORT_STRING.test(source))
        throw new SyntaxFault('unterminated string', token.offset);
      tokens.push(token);
    });
    tokens.push({ kind: 'eof', text: '', offset: text.length });
    const stream = new TokenStream(tokens);
    const value = read(stream);
    stream.expect('eof');
    return value;
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof TsplayError) return undefined;
    throw error;
  }
}

function withoutComment(part: string): string {
  return part.startsWith('#') ? '' : part;
}

/** `1, 2` is a tuple without parentheses. */
function readTuple(tokens: TokenStream, names: ReadonlyMap<string, Value>): Value {
  const first = readValue(tokens, names);
  if (!tokens.is('op', ',')) return first;
  const items = [first];
  while (tokens.skip('op', ',') && !tokens.is('eof')) items.push(readValue(tokens, names));
  return tuple(items);
}

function readValue(tokens: TokenStream, names: ReadonlyMap<string, Value>): Value {
  return tokens.nested(() => {
    if (tokens.is('op', '[')) return readSequence(tokens, ']', names);
    if (tokens.is('op', '(')) return readSequence(tokens, ')', names);
    if (tokens.is('op', '{')) return readDict(tokens, names);
    if (tokens.skip('op', '-')) return negate(readNumber(tokens));
    if (tokens.skip('op', '+')) return readNumber(tokens);
    if (tokens.is('string')) return readStrings(tokens);
    return tokens.is('name') ? readName(tokens, names) : readNumber(tokens);
  });
}

function readNumber(tokens: TokenStream): Value {
  const { kind, value } = tokens.next();
  if ((kind !== 'integer' && kind !== 'float') || value === undefined) throw tokens.fault('expected a number');
  return value;
}

function readName(tokens: TokenStream, names: ReadonlyMap<string, Value>): Value {
  const { text } = tokens.next();
  const value = names.get(text);
  if (value !== undefined) return value;
  // Prefixes of a string: raw and unicode ones read as they are only where they hold no escape.
  if (/^[uU]$/.test(text) && tokens.is('string')) return readStrings(tokens);
  if (/^[bB]$/.test(text) && tokens.is('string')) return Buffer.from(readStrings(tokens), 'latin1');
  throw tokens.fault('expected a literal');
}

function readStrings(tokens: TokenStream): string {
  let text = '';
  while (tokens.is('string')) text += tokens.next().text;
  return text;
}

function readSequence(tokens: TokenStream, end: ']' | ')', names: ReadonlyMap<string, Value>): Value {
  tokens.next();
  const items: Value[] = [];
  let comma = false;
  while (!tokens.is('op', end)) {
    items.push(readValue(tokens, names));
    comma = tokens.skip('op', ',');
    if (!comma) break;
  }
  tokens.expect('op', end);
  if (end === ']') return items;
  return items.length === 1 && !comma ? (items[0] as Value) : tuple(items);
}

function readDict(tokens: TokenStream, names: ReadonlyMap<string, Value>): Value {
  tokens.next();
  const dict = new Map<Value, Value>();
  while (!tokens.is('op', '}')) {
    const key = readValue(tokens, names);
    tokens.expect('op', ':');
    dictSet(dict, key, readValue(tokens, names));
    if (!tokens.skip('op', ',')) break;
  }
  tokens.expect('op', '}');
  return dict;
}
