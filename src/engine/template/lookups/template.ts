import type { Value } from '../../model/value.ts';
import { parseJson } from '../filters/json/parse.ts';
import { execute } from '../runtime/execute.ts';
import { Frame } from '../runtime/frame.ts';
import type { Run } from '../runtime/run.ts';
import type { Context, Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { requireFile } from './files.ts';
import { boolOption } from './options.ts';

const DELIMITERS = ['variable_start_string', 'variable_end_string', 'comment_start_string', 'comment_end_string'];

export const lookups: Lookups = {
  template(terms, options, context) {
    const other = DELIMITERS.find((name) => (options.get(name) ?? null) !== null);
    if (other !== undefined)
      fail(`the template lookup cannot use '${other}'`, 'write it in a "#jinja2:" line of the template');
    return terms.map((term) => {
      const path = requireFile(term, 'templates', 'template', context.scope.world);
      const text = render(path, options.get('template_vars') ?? null, context);
      return boolOption(options, 'convert_data', true) ? toData(text) : text;
    });
  },
};

/** Text of a template, with more variables on top. */
function render(path: string, vars: Value, context: Context): string {
  const program = context.load?.(path, undefined);
  if (!program) return fail(`the template ${path} cannot be read here`);
  // Each context is the run of a template; lookups know only the part that is promised to them.
  const frame = new Frame(context as Run);
  frame.set('template_path', path);
  frame.set('template_fullpath', path);
  if (vars instanceof Map) for (const [name, value] of vars) frame.set(pyStr(name), value);
  const { text } = execute(program, frame);
  // Included templates lose their last newline, which this one keeps.
  return context.scope.world.readFile(path).toString().endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text;
}

/** Text that is a list or dict as JSON writes it becomes one; any other text stays. */
function toData(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
