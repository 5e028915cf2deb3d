import type { Arguments, Expression, FilterNode } from './ast.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Token } from './token.ts';
import { describe, type TokenStream } from './token-stream.ts';

/** Parses an expression within brackets or behind a comma. */
export type ParseInner = (tokens: TokenStream) => Expression;

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** A name, literal, list, dict or parenthesis. */
export function parsePrimary(tokens: TokenStream, inner: ParseInner): Expression {
  const token = tokens.current;
  const { offset, text } = token;
  if (token.kind === 'name') {
    tokens.next();
    const constant = CONSTANTS.get(text);
    return constant === undefined
      ? { kind: 'name', name: text, offset }
      : { kind: 'constant', value: constant, offset };
  }
  if (isString(token)) return parseStrings(tokens);
  if (token.node) {
    tokens.next();
    return token.node;
  }
  if (token.kind === 'integer' || token.kind === 'float') {
    tokens.next();
    return { kind: 'constant', value: token.value ?? null, offset };
  }
  if (tokens.is('op', '(')) return parseParenthesis(tokens, inner);
  if (tokens.is('op', '[')) return parseList(tokens, inner);
  if (tokens.is('op', '{')) return parseDict(tokens, inner);
  throw tokens.fault(`expected an expression, got ${describe(token)}`);
}

/** A string, or one of a condition that `{{ }}` interrupts. */
function isString({ kind, text }: Token): boolean {
  return kind === 'string' || (kind === 'expression' && (text === '"' || text === "'"));
}

/** Strings side by side are one. */
function parseStrings(tokens: TokenStream): Expression {
  const { offset } = tokens.current;
  const parts: Expression[] = [];
  while (isString(tokens.current)) {
    const { text, node, offset } = tokens.next();
    parts.push(node ?? { kind: 'constant', value: text, offset });
  }
  if (parts.length === 1) return parts[0] as Expression;
  return { kind: 'concat', parts, offset };
}

function parseParenthesis(tokens: TokenStream, inner: ParseInner): Expression {
  const { offset } = tokens.next();
  const items: Expression[] = [];
  let comma = false;
  while (!tokens.is('op', ')')) {
    items.push(inner(tokens));
    if (!tokens.skip('op', ',')) break;
    comma = true;
  }
  tokens.expect('op', ')');
  return items.length === 1 && !comma ? (items[0] as Expression) : { kind: 'tuple', items, offset };
}

function parseList(tokens: TokenStream, inner: ParseInner): Expression {
  const { offset } = tokens.next();
  const items: Expression[] = [];
  while (!tokens.is('op', ']')) {
    items.push(inner(tokens));
    if (!tokens.skip('op', ',')) break;
  }
  tokens.expect('op', ']');
  return { kind: 'list', items, offset };
}

function parseDict(tokens: TokenStream, inner: ParseInner): Expression {
  const { offset } = tokens.next();
  const entries: [Expression, Expression][] = [];
  while (!tokens.is('op', '}')) {
    const key = inner(tokens);
    tokens.expect('op', ':');
    entries.push([key, inner(tokens)]);
    if (!tokens.skip('op', ',')) break;
  }
  tokens.expect('op', '}');
  return { kind: 'dict', entries, offset };
}

/** `.name`, `.1`, `[...]` and calls behind an expression. */
export function parsePostfix(tokens: TokenStream, start: Expression, inner: ParseInner): Expression {
  let node = start;
  for (;;) {
    if (tokens.is('op', '.')) node = parseDot(tokens, node);
    else if (tokens.is('op', '[')) node = parseSubscript(tokens, node, inner);
    else if (tokens.is('op', '(')) node = parseCall(tokens, node, inner);
    else return node;
  }
}

function parseCall(tokens: TokenStream, callee: Expression, inner: ParseInner): Expression {
  const { offset } = callee;
  return { kind: 'call', callee, arguments: parseArguments(tokens, inner), offset };
}

function parseDot(tokens: TokenStream, object: Expression): Expression {
  tokens.next();
  const token = tokens.next();
  const { offset } = token;
  if (token.kind === 'name') return { kind: 'attribute', object, name: token.text, offset };
  if (token.kind !== 'integer') throw tokens.fault('expected a name or number behind the dot', offset);
  return { kind: 'item', object, index: { kind: 'constant', value: token.value ?? null, offset }, offset };
}

function parseSubscript(tokens: TokenStream, object: Expression, inner: ParseInner): Expression {
  const { offset } = tokens.next();
  const part = (): Expression | undefined => (tokens.is('op', ':') || tokens.is('op', ']') ? undefined : inner(tokens));
  const start = part();
  if (!tokens.is('op', ':')) {
    if (!start) throw tokens.fault('expected an index');
    const items = [start];
    while (tokens.skip('op', ',')) items.push(inner(tokens));
    tokens.expect('op', ']');
    return { kind: 'item', object, index: items.length === 1 ? start : { kind: 'tuple', items, offset }, offset };
  }
  tokens.next();
  const stop = part();
  const step = tokens.skip('op', ':') ? part() : undefined;
  tokens.expect('op', ']');
  return { kind: 'slice', object, start, stop, step, offset };
}

/** `| filter(...)`, `is test(...)` and calls behind an expression. */
export function parseFiltersAndTests(tokens: TokenStream, start: Expression, inner: ParseInner): Expression {
  let node = start;
  for (;;) {
    if (tokens.is('op', '|')) node = parseFilter(tokens, node, inner);
    else if (tokens.isName('is')) node = parseTest(tokens, node, inner);
    else if (tokens.is('op', '(')) node = parseCall(tokens, node, inner);
    else return node;
  }
}

const NO_ARGUMENTS: Arguments = { args: [], kwargs: [] };

/** One `| name(...)`; the stream stands on the bar, or on the name of a filter block. */
export function parseFilter(tokens: TokenStream, value: Expression, inner: ParseInner): FilterNode {
  tokens.skip('op', '|');
  const { offset } = tokens.current;
  const name = parseDottedName(tokens);
  const args = tokens.is('op', '(') ? parseArguments(tokens, inner) : NO_ARGUMENTS;
  return { kind: 'filter', name, value, arguments: args, offset };
}

function parseDottedName(tokens: TokenStream): string {
  let name = tokens.expect('name').text;
  while (tokens.skip('op', '.')) name += `.${tokens.expect('name').text}`;
  return name;
}

function parseTest(tokens: TokenStream, value: Expression, inner: ParseInner): Expression {
  tokens.next();
  const negated = tokens.skip('name', 'not');
  const { offset } = tokens.current;
  const name = parseDottedName(tokens);
  return { kind: 'test', name, negated, value, arguments: testArguments(tokens, inner), offset };
}

/** One argument may stand behind a test without parentheses: `x is divisibleby 3`. */
function testArguments(tokens: TokenStream, inner: ParseInner): Arguments {
  if (tokens.is('op', '(')) return parseArguments(tokens, inner);
  const { kind, text } = tokens.current;
  const literal = kind === 'string' || kind === 'integer' || kind === 'float' || (kind === 'op' && /[[{]/.test(text));
  const name = kind === 'name' && !['else', 'or', 'and', 'is', 'if', 'not', 'in'].includes(text);
  if (kind === 'name' && text === 'is') throw tokens.fault('tests cannot be chained with "is"');
  if (!literal && !name) return NO_ARGUMENTS;
  return { args: [parsePostfix(tokens, parsePrimary(tokens, inner), inner)], kwargs: [] };
}
