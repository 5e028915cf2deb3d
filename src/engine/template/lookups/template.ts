import type { Value } from '../../model/value.ts';
import { readLiteral } from '../literal.ts';
import { execute } from '../runtime/execute.ts';
import { Frame } from '../runtime/frame.ts';
import { withNewlines } from '../runtime/newlines.ts';
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
      const text = render(path, options, context);
      if (boolOption(options, 'convert_data', true)) return readLiteral(text);
      context.isText = true;
      return text;
    });
  },
};

/** Text of a template, with more variables on top. */
function render(path: string, options: ReadonlyMap<string, Value>, context: Context): string {
  const program = context.load?.(path, undefined, delimiters(options));
  if (!program) return fail(`the template ${path} cannot be read here`);
  // Each context is the run of a template; lookups know only the part that is promised to them.
  const frame = new Frame(context as Run);
  frame.set('template_path', path);
  frame.set('template_fullpath', path);
  const vars = options.get('template_vars') ?? null;
  if (vars instanceof Map) for (const [name, value] of vars) frame.set(pyStr(name), value);
  return withNewlines(execute(program, frame).text(), context.scope.world.readFile(path).toString());
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
