import type { Position } from '../model/source.ts';
import type { Raw, Scope } from '../model/value.ts';
import { loaderFor } from './files.ts';
import { readHeader } from './header.ts';
import { compileTemplate } from './program.ts';
import { execute } from './runtime/execute.ts';
import { Frame } from './runtime/frame.ts';
import { withNewlines } from './runtime/newlines.ts';
import { Run } from './runtime/run.ts';
import { FILE_SYNTAX, type Syntax } from './syntax/options.ts';
import { explain } from './template.ts';

/** How a template file is read and written; Ansible's settings where not said otherwise. */
export interface RenderOptions {
  readonly newlineSequence?: string | undefined;
  readonly trimBlocks?: boolean | undefined;
  readonly lstripBlocks?: boolean | undefined;
  readonly blockStart?: string | undefined;
  readonly blockEnd?: string | undefined;
  readonly variableStart?: string | undefined;
  readonly variableEnd?: string | undefined;
  readonly commentStart?: string | undefined;
  readonly commentEnd?: string | undefined;
  readonly vars?: ReadonlyMap<string, Raw> | undefined;
}

/**
 * Renders the text of a template file.
 *
 * @param from.file its path: includes are looked for beside it, and errors name it
 * @param from.exact gives what Jinja2 gives that keeps the last newline; without it Jinja2 drops it, and the text then gets
 *   as many newlines at its end as its template has, as Ansible's template module does
 */
export function renderTemplate(
  text: string,
  scope: Scope,
  from: { readonly file: string; readonly options?: RenderOptions | undefined; readonly exact?: boolean },
): string {
  const inner = from.options?.vars ? scope.with(from.options.vars) : scope;
  const base: Position = { file: from.file, line: 1, column: 1 };
  try {
    const given: Syntax = { ...syntaxOf(from.options), keepTrailingNewline: from.exact ?? false };
    const { body, syntax, line } = readHeader(text, given, inner.world);
    const program = compileTemplate(body, syntax, { ...base, line });
    const run = new Run(inner, loaderFor(inner, { ...syntax, keepTrailingNewline: false }));
    const rendered = normalize(execute(program, new Frame(run)).text(), syntax);
    return from.exact ? rendered : withNewlines(rendered, text, syntax.newlineSequence);
  } catch (error) {
    throw explain(error, inner, text, base);
  }
}

function normalize(text: string, { newlineSequence }: Syntax): string {
  return newlineSequence === '\n' ? text : text.replaceAll('\n', newlineSequence);
}

function syntaxOf(options: RenderOptions = {}): Syntax {
  const given = Object.entries(options).filter(([name, value]) => name !== 'vars' && value !== undefined);
  return given.length ? { ...FILE_SYNTAX, ...Object.fromEntries(given) } : FILE_SYNTAX;
}
