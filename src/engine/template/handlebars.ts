import Handlebars from 'handlebars';
import { TsplayError } from '../model/errors.ts';
import type { Raw, Scope } from '../model/value.ts';
import { makeHelpers } from './handlebars/helpers.ts';
import { viewOf } from './handlebars/view.ts';
import { findFile } from './lookups/search.ts';
import { Run } from './runtime/run.ts';

/**
 * Renders a Handlebars template. This file and the library behind it are large, so it is imported when it is needed.
 *
 * Nothing is escaped. Printing what is not defined is an error that names the place; `{{#if x}}` and `{{default x "y"}}`
 * may ask for it. `{{> name}}` includes `name.hbs` from the folders of templates.
 * @param from.file its path, for messages
 * @throws TsplayError
 */
export function renderHandlebars(
  text: string,
  scope: Scope,
  from: { readonly file: string; readonly vars?: ReadonlyMap<string, Raw> | undefined },
): string {
  const inner = from.vars ? scope.with(from.vars) : scope;
  const engine = Handlebars.create();
  const helpers = makeHelpers(new Run(inner));
  try {
    const program = engine.parse(text, { srcName: from.file });
    const partials = loadPartials(engine, program, inner, new Map());
    const render = engine.compile(program, { noEscape: true, strict: true });
    const data = viewOf(
      (name) => inner.get(name),
      () => [...inner.names()],
    );
    return render(data, { helpers, partials: Object.fromEntries(partials) });
  } catch (error) {
    throw located(error, from.file);
  }
}

/** Parses a Handlebars template without evaluating it. Throws TsplayError with the place of a mistake. */
export function checkHandlebars(text: string, file: string): void {
  try {
    Handlebars.parse(text, { srcName: file });
  } catch (error) {
    throw located(error, file);
  }
}

type Partials = Map<string, HandlebarsTemplateDelegate>;

/** Compiles all templates that a program includes, and that those include. */
function loadPartials(engine: typeof Handlebars, program: hbs.AST.Program, scope: Scope, known: Partials): Partials {
  for (const name of partialNames(program)) {
    if (known.has(name)) continue;
    const path = findFile(scope.world, 'templates', name.endsWith('.hbs') ? name : `${name}.hbs`);
    if (path === undefined) throw new TsplayError('template', `no template "${name}.hbs" to include`);
    const partial = engine.parse(scope.world.readFile(path).toString(), { srcName: path });
    known.set(name, engine.compile(partial, { noEscape: true, strict: true }));
    loadPartials(engine, partial, scope, known);
  }
  return known;
}

function partialNames(program: hbs.AST.Program): string[] {
  const names: string[] = [];
  class Finder extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      if ('original' in partial.name) names.push(String(partial.name.original));
      super.PartialStatement(partial);
    }
  }
  new Finder().accept(program);
  return names;
}

/** The library's error with its place, in our form. */
function located(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const { lineNumber, column } = error as { lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/^Parse error on line (\d+)/.exec(error.message)?.[1] ?? 1);
  const position = { file, line, column: (column ?? 0) + 1 };
  if (error instanceof TsplayError) {
    return error.position
      ? error
      : new TsplayError(error.kind, error.message, { position, hint: error.hint, cause: error });
  }
  const [, name, other] =
    /^"?(\S+?)"? not defined in|^Cannot use 'in' operator to search for '(\w+)'/.exec(error.message) ?? [];
  const missing = name ?? other;
  if (missing !== undefined)
    return new TsplayError('undefined', `'${missing}' is undefined`, { position, cause: error });
  const [summary = ''] = error.message
    .replace(/^Parse error on line \d+:\n/, 'the template cannot be read near ')
    .split('\n');
  return new TsplayError('template', summary, { position, cause: error });
}
