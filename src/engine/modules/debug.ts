import { TsplayError } from '../model/errors.ts';
import { Deferred, type Raw, type Value } from '../model/value.ts';
import { pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import type { Controller, Plan } from './types.ts';

export const debug = defineModule({
  name: 'debug',
  collection: 'ansible.builtin',
  summary: 'Print a message or a variable',
  controllerOnly: true,
  terse: true,
  args: {
    msg: { type: 'raw', doc: 'What to print; "Hello world!" if neither this nor `var` is given.' },
    var: { type: 'raw', deferred: true, doc: 'Name of a variable, or an expression.' },
    verbosity: { type: 'int', default: 0, doc: 'Print only from this number of `-v` on.' },
  },
  prepare(controller, args): { quiet: boolean; shown: { name: string; value: Value } | undefined } {
    const quiet = args.verbosity > controller.verbosity;
    return { quiet, shown: quiet || args.var === null ? undefined : show(controller, args.var) };
  },
  plan(args, _before, inputs): Plan {
    const { quiet, shown } = inputs;
    if (args.msg !== null && args.var !== null) {
      return { changes: [], failed: "'msg' and 'var' are incompatible options" };
    }
    if (quiet) {
      return { changes: [], skipped: true, result: { skipped_reason: 'Verbosity threshold not met.' } };
    }
    return { changes: [], result: shown ? { [shown.name]: shown.value } : { msg: args.msg ?? 'Hello world!' } };
  },
  examples: '- debug: {msg: "Free: {{ ansible_memfree_mb }} MB"}\n- debug: {var: ansible_default_ipv4.address}',
});

function show(controller: Controller, raw: Raw): { name: string; value: Value } {
  const text = raw instanceof Deferred ? raw.text : undefined;
  try {
    const value = controller.evaluate(raw);
    // `var: "{{ name }}"`: the template gives the name of the variable that is meant.
    const named = isTemplate(text) && typeof value === 'string' ? lookUp(controller, value) : undefined;
    if (named !== undefined) return { name: pyStr(value), value: named };
    return { name: nameOf(text, value), value };
  } catch (error) {
    // A template in place of a name is evaluated as any argument is.
    if (isTemplate(text) || !(error instanceof TsplayError && error.kind === 'undefined')) throw error;
    const detail = controller.verbosity > 0 ? `: ${error.message}` : '';
    return { name: text ?? '', value: `VARIABLE IS NOT DEFINED!${detail}` };
  }
}

function isTemplate(text: string | undefined): boolean {
  return text === undefined || text.includes('{{');
}

function lookUp(controller: Controller, name: string): Value | undefined {
  return /^[A-Za-z_]\w*$/.test(name) ? controller.scope.get(name) : undefined;
}

function nameOf(text: string | undefined, value: Value): string {
  if (text !== undefined) return text;
  if (Array.isArray(value)) return "<class 'list'>";
  return value instanceof Map ? "<class 'dict'>" : pyStr(value);
}
