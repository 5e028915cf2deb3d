import type { Value } from '../../model/value.ts';
import { parseJson } from '../filters/json/parse.ts';
import { toBool } from '../filters/logic.ts';
import type { Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { requireFile } from './files.ts';

export const lookups: Lookups = {
  template(terms, options, context) {
    const given = options.get('template_vars');
    const vars = new Map<string, Value>(
      given instanceof Map ? [...given].map(([name, value]) => [pyStr(name), value]) : [],
    );
    const convert = toBool(options.get('convert_data') ?? true) === true;
    return terms.map((term) => {
      const path = requireFile(term, 'templates', 'template', context.scope.world);
      if (!context.render) return fail('the template lookup cannot be used here');
      const text = context.render(path, vars, options);
      return convert ? toData(text) : text;
    });
  },
};

/** Text that is a list or dict as JSON writes it becomes one; any other text stays. */
function toData(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
