import { extname } from 'node:path';
import type { Value } from '../../model/value.ts';
import { execute } from '../runtime/execute.ts';
import { Frame } from '../runtime/frame.ts';
import { withNewlines } from '../runtime/newlines.ts';
import { isNative, type ResultMode } from '../runtime/result.ts';
import type { Run } from '../runtime/run.ts';
import type { Syntax } from '../syntax/options.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { requireFile } from './files.ts';
import { boolOption, textOption } from './options.ts';

export const lookups: Lookups = {
  template(terms, options, context) {
    return terms.map((term) => {
      const path = requireFile(term, 'templates', 'template', context.scope.world);
      // Their library is loaded when a task needs it, and a lookup cannot wait for that.
      if (extname(path) === '.hbs')
        return fail(
          `${pyStr(term)} is a Handlebars template, which the module template renders and the lookup does not`,
        );
      const mode = modeOf(options, context);
      const value = render(path, options, context, mode);
      context.isText = mode === 'text';
      return value;
    });
  },
};

/** With jinja2_native the lookup gives text, unless its option of that name says otherwise. */
function modeOf(options: ReadonlyMap<string, Value>, { scope }: Context): ResultMode {
  if (!boolOption(options, 'convert_data', true)) return 'text';
  if (!isNative(scope)) return 'literal';
  return boolOption(options, 'jinja2_native', false) ? 'native' : 'text';
}

/** The result of a template, with more variables on top. */
function render(path: string, options: ReadonlyMap<string, Value>, context: Context, mode: ResultMode): Value {
  const program = context.load?.(path, undefined, delimiters(options));
  if (!program) return fail(`the template ${path} cannot be read here`);
  // Each context is the run of a template; lookups know only the part that is promised to them.
  const run = (context as Run).within(mode);
  const frame = new Frame(run);
  frame.set('template_path', path);
  frame.set('template_fullpath', path);
  const vars = options.get('template_vars') ?? null;
  if (vars instanceof Map) for (const [name, value] of vars) frame.set(pyStr(name), value);
  const value = run.result(execute(program, frame));
  return typeof value === 'string' ? withNewlines(value, context.scope.world.readFile(path).toString()) : value;
}

/** Names of the call's options that stand for delimiters. */
const DELIMITERS: readonly (readonly [string, keyof Syntax])[] = [
  ['variable_start_string', 'variableStart'],
  ['variable_end_string', 'variableEnd'],
  ['comment_start_string', 'commentStart'],
  ['comment_end_string', 'commentEnd'],
];

function delimiters(options: ReadonlyMap<string, Value>): Partial<Syntax> {
  const given = DELIMITERS.flatMap(([option, name]) => {
    const text = textOption(options, option);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(given);
}
