import { didYouMean } from '../names.ts';
import type { Expression, Parameter, Statement, Target } from './ast.ts';
import { parseExpression, parseTuple } from './parse-expression.ts';
import { parseImports } from './parse-imports.ts';
import { parseFilter, parsePostfix, parsePrimary } from './parse-primary.ts';
import type { TokenStream } from './token-stream.ts';

type Parse = (tokens: TokenStream, offset: number) => Statement;

/** All statements of a template. Throws SyntaxFault. */
export function parseTemplate(tokens: TokenStream): Statement[] {
  return parseBody(tokens, []);
}

/** Statements up to a tag named in `ends`; the stream then stands on that name, behind its `{%`. */
function parseBody(
  tokens: TokenStream,
  ends: readonly string[],
  opener?: { name: string; offset: number },
): Statement[] {
  const body: Statement[] = [];
  while (!tokens.is('eof')) {
    const { offset } = tokens.current;
    if (tokens.is('data')) {
      body.push({ kind: 'text', text: tokens.next().text, offset });
    } else if (tokens.skip('variable-begin')) {
      const value = parseTuple(tokens);
      body.push({ kind: 'output', value, offset: value.offset });
      tokens.expect('variable-end');
    } else {
      tokens.expect('block-begin');
      if (tokens.isName(...ends)) return body;
      body.push(parseStatement(tokens, ends, opener));
    }
  }
  if (!opener) return body;
  throw tokens.fault(`'${opener.name}' is not closed`, opener.offset, `expected '${ends.join("' or '")}'`);
}

function parseStatement(tokens: TokenStream, ends: readonly string[], opener?: { name: string }): Statement {
  const token = tokens.expect('name');
  const parse = STATEMENTS.get(token.text);
  if (parse) return tokens.nested(() => parse(tokens, token.offset));
  const hint = didYouMean(token.text, [...STATEMENTS.keys(), ...ends]);
  if (!opener) throw tokens.fault(`unknown tag '${token.text}'`, token.offset, hint);
  throw tokens.fault(
    `unknown tag '${token.text}'; the open '${opener.name}' expects '${ends.join("' or '")}'`,
    token.offset,
  );
}

/** The end of an opening tag, its body, and the name of the tag that ended it. */
function parseBlock(tokens: TokenStream, name: string, offset: number, ends: readonly string[]): Statement[] {
  tokens.expect('block-end');
  return parseBody(tokens, ends, { name, offset });
}

function closed(tokens: TokenStream, name: string, offset: number): Statement[] {
  const body = parseBlock(tokens, name, offset, [`end${name}`]);
  tokens.next();
  tokens.expect('block-end');
  return body;
}

const parseIf: Parse = (tokens, offset) => {
  const branches: { test: Expression; body: Statement[] }[] = [];
  do {
    const test = parseTuple(tokens, { conditional: false });
    branches.push({ test, body: parseBlock(tokens, 'if', offset, ['elif', 'else', 'endif']) });
  } while (tokens.skip('name', 'elif'));
  let otherwise: Statement[] = [];
  if (tokens.skip('name', 'else')) otherwise = parseBlock(tokens, 'if', offset, ['endif']);
  tokens.next();
  tokens.expect('block-end');
  return { kind: 'if', branches, otherwise, offset };
};

const parseFor: Parse = (tokens, offset) => {
  const target = parseTarget(tokens, (stream) => stream.isName('in'));
  tokens.expect('name', 'in');
  const items = parseTuple(tokens, { conditional: false, end: (stream) => stream.isName('recursive', 'if') });
  const filter = tokens.skip('name', 'if') ? parseExpression(tokens) : undefined;
  const recursive = tokens.skip('name', 'recursive');
  const body = parseBlock(tokens, 'for', offset, ['else', 'endfor']);
  let otherwise: Statement[] = [];
  if (tokens.skip('name', 'else')) otherwise = parseBlock(tokens, 'for', offset, ['endfor']);
  tokens.next();
  tokens.expect('block-end');
  return { kind: 'for', target, items, filter, recursive, body, otherwise, offset };
};

/** A name, `namespace.name`, or several with commas. */
function parseTarget(tokens: TokenStream, end?: (tokens: TokenStream) => boolean): Target {
  const { offset } = tokens.current;
  const first = parseOneTarget(tokens, end);
  if (!tokens.is('op', ',')) return first;
  const items = [first];
  while (tokens.skip('op', ',')) {
    if (end?.(tokens) || tokens.is('op', '=') || tokens.is('op', ')')) break;
    items.push(parseOneTarget(tokens, end));
  }
  return { kind: 'targets', items, offset };
}

function parseOneTarget(tokens: TokenStream, end?: (tokens: TokenStream) => boolean): Target {
  if (tokens.skip('op', '(')) {
    const target = parseTarget(tokens, end);
    tokens.expect('op', ')');
    return target.kind === 'targets' ? target : { kind: 'targets', items: [target], offset: target.offset };
  }
  const { text, offset } = tokens.expect('name');
  if (RESERVED.has(text)) throw tokens.fault(`cannot assign to '${text}'`, offset);
  if (!tokens.skip('op', '.')) return { kind: 'name', name: text, offset };
  return { kind: 'member', object: text, name: tokens.expect('name').text, offset };
}

const RESERVED: ReadonlySet<string> = new Set(['true', 'True', 'false', 'False', 'none', 'None']);

const parseSet: Parse = (tokens, offset) => {
  const target = parseTarget(tokens);
  if (tokens.skip('op', '=')) {
    const value = parseTuple(tokens);
    tokens.expect('block-end');
    return { kind: 'set', target, value, offset };
  }
  const filter = tokens.is('op', '|') ? parseFilterChain(tokens, offset) : undefined;
  return { kind: 'set-block', target, filter, body: closed(tokens, 'set', offset), offset };
};

/** Filters applied to the body of the statement. */
function parseFilterChain(tokens: TokenStream, offset: number): Expression {
  let node: Expression = parseFilter(tokens, { kind: 'body', offset }, parseExpression);
  while (tokens.is('op', '|')) node = parseFilter(tokens, node, parseExpression);
  return node;
}

const parseWith: Parse = (tokens, offset) => {
  const assignments: { target: Target; value: Expression }[] = [];
  while (!tokens.is('block-end')) {
    if (assignments.length) tokens.expect('op', ',');
    const target = parseTarget(tokens);
    tokens.expect('op', '=');
    assignments.push({ target, value: parseExpression(tokens) });
  }
  return { kind: 'with', assignments, body: closed(tokens, 'with', offset), offset };
};

function parseParameters(tokens: TokenStream): Parameter[] {
  const parameters: Parameter[] = [];
  tokens.expect('op', '(');
  while (!tokens.is('op', ')')) {
    if (parameters.length) tokens.expect('op', ',');
    const { text: name, offset } = tokens.expect('name');
    const fallback = tokens.skip('op', '=') ? parseExpression(tokens) : undefined;
    if (!fallback && parameters.at(-1)?.fallback) {
      throw tokens.fault('a parameter without default follows one with a default', offset);
    }
    parameters.push({ name, fallback });
  }
  tokens.expect('op', ')');
  return parameters;
}

const parseMacro: Parse = (tokens, offset) => {
  const name = tokens.expect('name').text;
  const parameters = parseParameters(tokens);
  return { kind: 'macro', macro: { name, parameters, body: closed(tokens, 'macro', offset) }, offset };
};

const parseCallBlock: Parse = (tokens, offset) => {
  const parameters = tokens.is('op', '(') ? parseParameters(tokens) : [];
  const call = parsePostfix(tokens, parsePrimary(tokens, parseExpression), parseExpression);
  if (call.kind !== 'call') throw tokens.fault('expected a call behind "call"', offset);
  const body = closed(tokens, 'call', offset);
  return { kind: 'call-block', call, caller: { name: 'caller', parameters, body }, offset };
};

const parseFilterBlock: Parse = (tokens, offset) => {
  const filter = parseFilterChain(tokens, offset);
  return { kind: 'filter-block', filter, body: closed(tokens, 'filter', offset), offset };
};

const parseNamedBlock: Parse = (tokens, offset) => {
  const name = tokens.expect('name').text;
  const scoped = tokens.skip('name', 'scoped');
  const required = tokens.skip('name', 'required');
  const body = parseBlock(tokens, 'block', offset, ['endblock']);
  tokens.next();
  tokens.skip('name', name);
  tokens.expect('block-end');
  return { kind: 'block', name, scoped, required, body, offset };
};

const parseDo: Parse = (tokens, offset) => {
  const value = parseTuple(tokens);
  tokens.expect('block-end');
  return { kind: 'do', value, offset };
};

/** `autoescape` only opens a scope: nothing is escaped by itself here. */
const parseAutoescape: Parse = (tokens, offset) => {
  parseExpression(tokens);
  return { kind: 'scope', body: closed(tokens, 'autoescape', offset), offset };
};

function parseJump(kind: 'break' | 'continue'): Parse {
  return (tokens, offset) => {
    tokens.expect('block-end');
    return { kind, offset };
  };
}

const STATEMENTS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['if', parseIf],
  ['for', parseFor],
  ['set', parseSet],
  ['with', parseWith],
  ['macro', parseMacro],
  ['call', parseCallBlock],
  ['filter', parseFilterBlock],
  ['block', parseNamedBlock],
  ['do', parseDo],
  ['autoescape', parseAutoescape],
  ['break', parseJump('break')],
  ['continue', parseJump('continue')],
  ...parseImports,
]);
