import { extname } from 'node:path';
import type { Position } from '../../model/source.ts';
import type { Deferred } from '../../model/value.ts';
import { Condition, Template } from '../../template/compile.ts';
import { readHeader } from '../../template/header.ts';
import { placeOf } from '../../template/runtime/unit.ts';
import { lexExpression } from '../../template/syntax/expression-lexer.ts';
import { lex } from '../../template/syntax/lexer.ts';
import { FILE_SYNTAX, type Syntax, YAML_SYNTAX } from '../../template/syntax/options.ts';
import { parseTuple } from '../../template/syntax/parse-expression.ts';
import { parseTemplate } from '../../template/syntax/parse-template.ts';
import type { Token } from '../../template/syntax/token.ts';
import { TokenStream } from '../../template/syntax/token-stream.ts';
import { makeWorld } from '../../vars/world.ts';
import type { TemplateFile } from '../content.ts';
import { LOCKED } from '../read/encrypted.ts';

/** The tree of a template, to be looked at. */
export interface Parsed {
  /** Statements, or one expression. */
  readonly tree: unknown;
  /** The place of a character of the text. */
  at(offset: number): Position;
}

/** World of a template that is not evaluated: what it warns of is said by the rule of its syntax. */
export const NOWHERE = makeWorld(
  { playbookDir: '/', secret: () => undefined, decryption: LOCKED, warn: () => undefined },
  [],
);

/** The tree of a template or condition; undefined for one that cannot be read, which another rule tells. */
export function parseDeferred(deferred: Deferred): Parsed | undefined {
  const { text, position } = deferred;
  if (!position) return undefined;
  if (deferred instanceof Template) return parsed(text, position, () => statements(text, YAML_SYNTAX));
  if (!(deferred instanceof Condition) || text.includes('{{')) return undefined;
  return parsed(text, position, () => (text.includes('{%') ? statements(text, YAML_SYNTAX) : expression(text)));
}

/** The same for a file of Jinja2. */
export function parseTemplateFile({ path, shown, text }: TemplateFile): Parsed | undefined {
  if (extname(path) === '.hbs') return undefined;
  const start: Position = { file: shown, line: 1, column: 1 };
  try {
    const { body, syntax, line } = readHeader(text, FILE_SYNTAX, NOWHERE);
    return parsed(body, { ...start, line }, () => statements(body, syntax));
  } catch {
    return undefined;
  }
}

function parsed(text: string, base: Position, parse: () => unknown): Parsed | undefined {
  try {
    return { tree: parse(), at: (offset) => placeOf(text, offset, base) };
  } catch {
    return undefined;
  }
}

function statements(text: string, syntax: Syntax): unknown {
  return parseTemplate(new TokenStream(lex(text, syntax)));
}

function expression(text: string): unknown {
  const tokens: Token[] = [];
  lexExpression(text, 0, undefined, false, (token) => tokens.push(token));
  tokens.push({ kind: 'eof', text: '', offset: text.length });
  return parseTuple(new TokenStream(tokens));
}
