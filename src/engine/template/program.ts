import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { CompileContext } from './compile/context.ts';
import { compileExpressionNode } from './compile/expression.ts';
import { compileRoot } from './compile/root.ts';
import { compileBody, compileOutput } from './compile/statements.ts';
import type { BlockBody } from './runtime/inheritance.ts';
import type { Evaluate, Program } from './runtime/program.ts';
import { placeOf, Unit } from './runtime/unit.ts';
import type { Statement, StatementOf } from './syntax/ast.ts';
import { lexCondition } from './syntax/condition.ts';
import { lex } from './syntax/lexer.ts';
import type { Syntax } from './syntax/options.ts';
import { parseAlone } from './syntax/parse-expression.ts';
import { parseTemplate } from './syntax/parse-template.ts';
import { SyntaxFault } from './syntax/token.ts';
import { TokenStream } from './syntax/token-stream.ts';

/** A text that is just a variable; a newline may follow. */
const VARIABLE = /^\{\{\s*(\w*)\s*\}\}\n?$/;

/**
 * Compiles the text of a template. `base` is the place of its first character, where it has just one.
 * Throws SyntaxFault with an offset in `text`.
 */
export function compileTemplate(text: string, syntax: Syntax, base?: Position): Program {
  const statements = parseTemplate(new TokenStream(lex(text, syntax)));
  const context: CompileContext = { unit: new Unit(text, base), mutates: false, late: [] };
  const [only] = statements;
  const alone = statements.length === 1 && only?.kind === 'output' ? only.value : undefined;
  const single = alone && compileRoot(alone, context);
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
    variable: VARIABLE.exec(text)?.[1],
    mutates: context.mutates,
    late: context.late,
  };
}

/** A compiled expression that stands without delimiters. */
export type Bare = Pick<Program, 'mutates' | 'late'> & { readonly evaluate: Evaluate };

/** Compiles a bare expression, such as a condition. */
export function compileBare(text: string): Bare {
  const node = parseAlone(lexCondition(text));
  const context: CompileContext = { unit: new Unit(text), mutates: false, late: [] };
  const evaluate = compileExpressionNode(node, context);
  return { evaluate, mutates: context.mutates, late: context.late };
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
