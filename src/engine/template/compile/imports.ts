import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { TemplateModule } from '../objects.ts';
import { BlockScope } from '../runtime/block-scope.ts';
import { execute } from '../runtime/execute.ts';
import { Frame } from '../runtime/frame.ts';
import type { Evaluate, Execute, Program } from '../runtime/program.ts';
import type { Unit } from '../runtime/unit.ts';
import type { StatementOf } from '../syntax/ast.ts';
import { fail } from '../values/fail.ts';
import { pyStr } from '../values/repr.ts';
import { iterate } from '../values/sequence.ts';

const MAX_DEPTH = 50;
const depths = new WeakMap<object, number>();

/** A block: the most derived version of it, with `super()` for the next. */
export function compileBlock(node: StatementOf<'block'>): Execute {
  return (frame, output) => {
    if (output.muted) return undefined;
    const { inheritance } = frame;
    if (!inheritance) return fail(`block '${node.name}' outside of a template`);
    if (node.required && inheritance.blocks.get(node.name)?.length === 1)
      fail(`Required block '${node.name}' not found`);
    new BlockScope(inheritance, node.scoped ? frame : inheritance.top).render(node.name, 0, output);
    return undefined;
  };
}

/** The template that a name, or the first name of a list that exists, stands for. */
function load(names: Value, frame: Frame, unit: Unit, ignoreMissing = false): Program | undefined {
  const list = Array.isArray(names) ? iterate(names) : [names];
  for (const name of list) {
    const program = frame.run.load?.(pyStr(name), unit.base?.file);
    if (program) return program;
  }
  if (ignoreMissing) return undefined;
  const wanted = list.map((name) => `'${pyStr(name)}'`).join(', ');
  throw new TsplayError('template', `template ${wanted} not found`, {
    hint: 'looked beside the template and in the search path',
  });
}

/** Runs what may include itself, bounded. */
function nested<T>(frame: Frame, job: () => T): T {
  const depth = (depths.get(frame.run) ?? 0) + 1;
  if (depth > MAX_DEPTH) fail('templates include each other without end');
  depths.set(frame.run, depth);
  try {
    return job();
  } finally {
    depths.set(frame.run, depth - 1);
  }
}

export function compileExtends(template: Evaluate, unit: Unit): Execute {
  return (frame, output) => {
    const { inheritance } = frame;
    if (!inheritance) return fail('extends outside of a template');
    if (output.muted) fail('extended multiple times');
    const parent = load(template(frame), frame, unit) as Program;
    inheritance.add(parent);
    inheritance.parent = parent;
    output.muted = true;
    return undefined;
  };
}

export function compileInclude(node: StatementOf<'include'>, template: Evaluate, unit: Unit): Execute {
  return (frame, output) => {
    if (output.muted) return undefined;
    const program = load(template(frame), frame, unit, node.ignoreMissing);
    if (!program) return undefined;
    output.write(nested(frame, () => execute(program, childFrame(frame, node.withContext))).text());
    return undefined;
  };
}

function childFrame(frame: Frame, withContext: boolean): Frame {
  return withContext ? new Frame(frame.run, frame) : new Frame(frame.run, undefined, { isolated: true });
}

function importModule(names: Value, frame: Frame, unit: Unit, withContext: boolean): TemplateModule {
  const program = load(names, frame, unit) as Program;
  const top = childFrame(frame, withContext);
  const output = nested(frame, () => execute(program, top));
  return new TemplateModule(top.vars ?? new Map(), output.text());
}

export function compileImport(node: StatementOf<'import'>, template: Evaluate, unit: Unit): Execute {
  return (frame) => {
    frame.set(node.name, importModule(template(frame), frame, unit, node.withContext));
    return undefined;
  };
}

export function compileFromImport(node: StatementOf<'from-import'>, template: Evaluate, unit: Unit): Execute {
  return (frame) => {
    const source = template(frame);
    const module = importModule(source, frame, unit, node.withContext);
    for (const { name, as } of node.names) {
      const value = module.attribute(name);
      if (value === undefined) fail(`the template ${pyStr(source)} does not export '${name}'`);
      frame.set(as, value as Value);
    }
    return undefined;
  };
}
