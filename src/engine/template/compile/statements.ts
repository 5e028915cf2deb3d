import type { Value } from '../../model/value.ts';
import { Frame } from '../runtime/frame.ts';
import type { Evaluate, Execute } from '../runtime/program.ts';
import type { Expression, Statement, StatementOf } from '../syntax/ast.ts';
import { truthy } from '../values/truth.ts';
import { assign } from './assign.ts';
import type { CompileContext } from './context.ts';
import { BODY, compileExpressionNode } from './expression.ts';
import { compileBlock, compileExtends, compileFromImport, compileImport, compileInclude } from './imports.ts';
import { compileFor } from './loop.ts';
import { compileCallBlock, compileMacro } from './macro.ts';
import { compileMarked } from './root.ts';

/** Statements one after the other. */
export function compileBody(body: readonly Statement[], context: CompileContext): Execute {
  const steps = body.map((statement) => compileStatement(statement, context));
  const [only] = steps;
  if (only && steps.length === 1) return only;
  return (frame, output) => {
    for (const step of steps) {
      const signal = step(frame, output);
      if (signal) return signal;
    }
    return undefined;
  };
}

function compileStatement(statement: Statement, context: CompileContext): Execute {
  const execute = compileKind(statement, context);
  if (statement.kind === 'text') return execute;
  const { offset } = statement;
  return (frame, output) => {
    try {
      return execute(frame, output);
    } catch (error) {
      throw context.unit.at(error, offset);
    }
  };
}

function compileKind(statement: Statement, context: CompileContext): Execute {
  const expression = (node: Expression): Evaluate => compileExpressionNode(node, context);
  const body = (statements: readonly Statement[]): Execute => compileBody(statements, context);
  switch (statement.kind) {
    case 'text':
      return compileText(statement.text);
    case 'output':
      return compileOutput(compileMarked(statement.value, context));
    case 'if':
      return compileIf(statement, expression, body);
    case 'for':
      return compileFor(statement, expression, body);
    case 'set':
      return compileSet(statement, expression);
    case 'set-block':
      return compileSetBlock(statement, expression, body);
    case 'with':
      return compileWith(statement, expression, body);
    case 'macro':
      return compileMacro(statement.macro, expression, body);
    case 'call-block':
      return compileCallBlock(statement, expression, body);
    case 'filter-block':
      return compileFilterBlock(statement, expression, body);
    case 'block':
      return compileBlock(statement);
    case 'extends':
      return compileExtends(expression(statement.template), context.unit);
    case 'include':
      return compileInclude(statement, expression(statement.template), context.unit);
    case 'import':
      return compileImport(statement, expression(statement.template), context.unit);
    case 'from-import':
      return compileFromImport(statement, expression(statement.template), context.unit);
    case 'do':
      return run(expression(statement.value));
    case 'scope':
      return inner(body(statement.body));
    default:
      return () => statement.kind;
  }
}

type CompileNode = (node: Expression) => Evaluate;
type CompileStatements = (body: readonly Statement[]) => Execute;

function compileText(text: string): Execute {
  return (_frame, output) => {
    if (!output.muted) output.write(text);
    return undefined;
  };
}

/** `{{ value }}`. */
export function compileOutput(value: Evaluate): Execute {
  return (frame, output) => {
    if (output.muted) return undefined;
    const shown = value(frame);
    output.print(shown, frame.run.isText);
    return undefined;
  };
}

function run(value: Evaluate): Execute {
  return (frame) => {
    value(frame);
    return undefined;
  };
}

function inner(body: Execute): Execute {
  return (frame, output) => body(new Frame(frame.run, frame), output);
}

function compileIf(node: StatementOf<'if'>, expression: CompileNode, body: CompileStatements): Execute {
  const branches = node.branches.map((branch) => ({ test: expression(branch.test), body: body(branch.body) }));
  const otherwise = body(node.otherwise);
  return (frame, output) => {
    for (const branch of branches) if (truthy(branch.test(frame))) return branch.body(frame, output);
    return otherwise(frame, output);
  };
}

function compileSet(node: StatementOf<'set'>, expression: CompileNode): Execute {
  const value = expression(node.value);
  return (frame) => {
    assign(node.target, value(frame), frame);
    return undefined;
  };
}

function compileSetBlock(node: StatementOf<'set-block'>, expression: CompileNode, body: CompileStatements): Execute {
  const content = body(node.body);
  const filter = node.filter && expression(node.filter);
  return (frame) => {
    assign(node.target, captured(content, filter, frame), frame);
    return undefined;
  };
}

function compileFilterBlock(
  node: StatementOf<'filter-block'>,
  expression: CompileNode,
  body: CompileStatements,
): Execute {
  const content = body(node.body);
  const filter = expression(node.filter);
  return (frame, output) => {
    if (!output.muted) output.print(captured(content, filter, frame));
    return undefined;
  };
}

/** The result of a body, passed through the filters of its tag. */
function captured(content: Execute, filter: Evaluate | undefined, frame: Frame): Value {
  const { run } = frame;
  const output = run.output();
  const child = new Frame(run, frame);
  content(child, output);
  if (!filter) return run.result(output);
  child.set(BODY, run.result(output));
  return filter(child);
}

function compileWith(node: StatementOf<'with'>, expression: CompileNode, body: CompileStatements): Execute {
  const assignments = node.assignments.map(({ target, value }) => ({ target, value: expression(value) }));
  const content = body(node.body);
  return (frame, output) => {
    const child = new Frame(frame.run, frame);
    // The values are those of outside: one assignment does not see another.
    for (const { target, value } of assignments) assign(target, value(frame), child);
    return content(child, output);
  };
}
