import type { Operator } from '../values/arithmetic.ts';
import type { Comparison, Expression } from './ast.ts';
import { parseFiltersAndTests, parsePostfix, parsePrimary } from './parse-primary.ts';
import type { Token } from './token.ts';
import { TokenStream } from './token-stream.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** A whole expression; `conditional: false` leaves `x if y` alone, because the `if` belongs to a `for`. */
export function parseExpression(tokens: TokenStream, conditional = true): Expression {
  return tokens.nested(() => (conditional ? parseConditional(tokens) : parseOr(tokens)));
}

/** Expressions with commas between them are a tuple. */
export function parseTuple(
  tokens: TokenStream,
  { conditional = true, end }: { readonly conditional?: boolean; readonly end?: (tokens: TokenStream) => boolean } = {},
): Expression {
  const { offset } = tokens.current;
  const first = parseExpression(tokens, conditional);
  if (!tokens.is('op', ',')) return first;
  const items = [first];
  while (tokens.skip('op', ',')) {
    if (isTupleEnd(tokens) || end?.(tokens)) break;
    items.push(parseExpression(tokens, conditional));
  }
  return { kind: 'tuple', items, offset };
}

/** An expression that is all there is; the last token ends it. */
export function parseAlone(tokens: readonly Token[]): Expression {
  const stream = new TokenStream(tokens);
  const node = parseTuple(stream);
  if (!stream.is('eof')) throw stream.fault(`expected the end of the expression, got '${stream.current.text}'`);
  return node;
}

function isTupleEnd(tokens: TokenStream): boolean {
  const { kind } = tokens.current;
  return kind === 'variable-end' || kind === 'block-end' || kind === 'eof' || tokens.is('op', ')');
}

function parseConditional(tokens: TokenStream): Expression {
  let { offset } = tokens.current;
  let value = parseOr(tokens);
  while (tokens.skip('name', 'if')) {
    const test = parseOr(tokens);
    const otherwise = tokens.skip('name', 'else') ? tokens.nested(() => parseConditional(tokens)) : undefined;
    value = { kind: 'condition', test, then: value, otherwise, offset };
    offset = tokens.current.offset;
  }
  return value;
}

function parseOr(tokens: TokenStream): Expression {
  let left = parseAnd(tokens);
  while (tokens.isName('or')) {
    const { offset } = tokens.next();
    left = { kind: 'or', left, right: parseAnd(tokens), offset };
  }
  return left;
}

function parseAnd(tokens: TokenStream): Expression {
  let left = parseNot(tokens);
  while (tokens.isName('and')) {
    const { offset } = tokens.next();
    left = { kind: 'and', left, right: parseNot(tokens), offset };
  }
  return left;
}

function parseNot(tokens: TokenStream): Expression {
  if (!tokens.isName('not')) return parseComparison(tokens);
  const { offset } = tokens.next();
  return { kind: 'not', value: tokens.nested(() => parseNot(tokens)), offset };
}

function parseComparison(tokens: TokenStream): Expression {
  const { offset } = tokens.current;
  const first = parseSum(tokens);
  const rest: { operator: Comparison; value: Expression }[] = [];
  for (let operator = comparison(tokens); operator; operator = comparison(tokens)) {
    rest.push({ operator, value: parseSum(tokens) });
  }
  return rest.length ? { kind: 'compare', first, rest, offset } : first;
}

function comparison(tokens: TokenStream): Comparison | undefined {
  if (tokens.current.kind === 'op' && COMPARISONS.has(tokens.current.text)) return tokens.next().text as Comparison;
  if (tokens.skip('name', 'in')) return 'in';
  if (!tokens.isName('not') || tokens.look().kind !== 'name' || tokens.look().text !== 'in') return undefined;
  tokens.next();
  tokens.next();
  return 'not in';
}

/** One level of left-associative operators. */
function binary(tokens: TokenStream, operators: string, operand: (tokens: TokenStream) => Expression): Expression {
  let left = operand(tokens);
  const known = operators.split(' ');
  while (tokens.current.kind === 'op' && known.includes(tokens.current.text)) {
    const { text, offset } = tokens.next();
    left = { kind: 'binary', operator: text as Operator, left, right: operand(tokens), offset };
  }
  return left;
}

function parseSum(tokens: TokenStream): Expression {
  return binary(tokens, '+ -', parseConcat);
}

function parseConcat(tokens: TokenStream): Expression {
  const { offset } = tokens.current;
  const parts = [parseProduct(tokens)];
  while (tokens.skip('op', '~')) parts.push(parseProduct(tokens));
  return parts.length === 1 ? (parts[0] as Expression) : { kind: 'concat', parts, offset };
}

function parseProduct(tokens: TokenStream): Expression {
  return binary(tokens, '* / // %', parsePower);
}

function parsePower(tokens: TokenStream): Expression {
  return binary(tokens, '**', parseUnary);
}

/** Filters bind tighter than all operators but a sign: `-n | abs` is `(-n) | abs`. */
function parseUnary(tokens: TokenStream): Expression {
  return parseFiltersAndTests(tokens, parseSigned(tokens), parseExpression);
}

function parseSigned(tokens: TokenStream): Expression {
  const { offset } = tokens.current;
  const sign = tokens.is('op', '-') ? 'negate' : tokens.is('op', '+') ? 'positive' : undefined;
  if (!sign) return parsePostfix(tokens, parsePrimary(tokens, parseExpression), parseExpression);
  tokens.next();
  const value = tokens.nested(() => parseSigned(tokens));
  return parsePostfix(tokens, { kind: sign, value, offset }, parseExpression);
}
