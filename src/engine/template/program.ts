import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { Undefined } from '../model/value.ts';
import type { CompileContext } from './compile/context.ts';
import { compileExpressionNode, NO_ELSE } from './compile/expression.ts';
import { compileBody, compileOutput } from './compile/statements.ts';
import type { BlockBody } from './runtime/inheritance.ts';
import type { Evaluate, Program } from './runtime/program.ts';
import { placeOf, Unit } from './runtime/unit.ts';
import type { Expression, Statement, StatementOf } from './syntax/ast.ts';
import { lexExpression } from './syntax/expression-lexer.ts';
import { lex } from './syntax/lexer.ts';
import type { Syntax } from './syntax/options.ts';
import { parseTuple } from './syntax/parse-expression.ts';
import { parseTemplate } from './syntax/parse-template.ts';
import { SyntaxFault, type Token } from './syntax/token.ts';
import { TokenStream } from './syntax/token-stream.ts';
import { failUndefined } from './values/fail.ts';

/** Filters whose result is text on purpose: it is not read as a list or dict again. */
const TEXT_FILTERS: ReadonlySet<string> = new Set([
  'string',
  'to_json',
  'to_nice_json',
  'to_yaml',
  'to_nice_yaml',
  'ppretty',
  'json',
]);

/**
 * Compiles the text of a template. `base` is the place of its first character, where it has just one.
 * Throws SyntaxFault with an offset in `text`.
 */
export function compileTemplate(text: string, syntax: Syntax, base?: Position): Program {
  const statements = parseTemplate(new TokenStream(lex(text, syntax)));
  const context: CompileContext = { unit: new Unit(text, base), mutates: false };
  const [only] = statements;
  const alone = statements.length === 1 && only?.kind === 'output' ? only.value : undefined;
  const single = alone && compileSingle(alone, context);
  const body = single ? compileOutput(single) : compileBody(statements, context);
  const blocks = new Map<string, BlockBody>();
  for (const { name, body: content, offset } of findBlocks(statements)) {
    if (blocks.has(name)) throw new SyntaxFault(`block '${name}' is defined twice`, offset);
    const execute = compileBody(content, context);
    blocks.set(name, (frame, output) => void execute(frame, output));
  }
  return {
    unit: context.unit,
    body,
    blocks,
    single,
    text: alone?.kind === 'filter' && TEXT_FILTERS.has(alone.name.replace(/^ansible\.builtin\./, '')),
    mutates: context.mutates,
  };
}

/** An expression alone, whose undefined result is an error at its place. */
function compileSingle(node: Expression, context: CompileContext): Evaluate {
  const evaluate = compileExpressionNode(node, context);
  return (frame) => {
    const value = evaluate(frame);
    if (!(value instanceof Undefined) || value.message === NO_ELSE) return value;
    try {
      return failUndefined(value);
    } catch (error) {
      throw context.unit.at(error, node.offset);
    }
  };
}

/** Compiles a bare expression, such as a condition. */
export function compileBare(text: string): { readonly evaluate: Evaluate; readonly mutates: boolean } {
  const tokens: Token[] = [];
  lexExpression(text, 0, undefined, false, (token) => tokens.push(token));
  tokens.push({ kind: 'eof', text: '', offset: text.length });
  const stream = new TokenStream(tokens);
  const node: Expression = parseTuple(stream);
  if (!stream.is('eof')) throw stream.fault(`expected the end of the expression, got '${stream.current.text}'`);
  const context: CompileContext = { unit: new Unit(text), mutates: false };
  const evaluate = compileExpressionNode(node, context);
  return { evaluate, mutates: context.mutates };
}

/** All blocks of a template, also those within other statements. */
function* findBlocks(statements: readonly Statement[]): Generator<StatementOf<'block'>> {
  for (const statement of statements) {
    if (statement.kind === 'block') yield statement;
    if ('body' in statement && Array.isArray(statement.body)) yield* findBlocks(statement.body);
    if (statement.kind === 'if') for (const branch of statement.branches) yield* findBlocks(branch.body);
    if (statement.kind === 'if' || statement.kind === 'for') yield* findBlocks(statement.otherwise);
  }
}

/** JavaScript's own limits: the stack, or the length of a string or list. */
function exhausted(cause: RangeError, position: Position | undefined): TsplayError {
  const message = cause.message.includes('call stack')
    ? 'the template or its data is nested too deeply'
    : "the template's result is too large";
  return new TsplayError('template', message, { position, cause });
}

/** The error of a faulty text, with its place. */
export function faultError(fault: unknown, text: string, base: Position | undefined): unknown {
  if (fault instanceof RangeError) return exhausted(fault, base);
  if (!(fault instanceof SyntaxFault)) return fault;
  const position = base && placeOf(text, fault.offset, base);
  const where = position ? '' : ` in '${text}'`;
  return new TsplayError('parse', `${fault.message}${where}`, { position, hint: fault.hint });
}
