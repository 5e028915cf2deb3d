import { Deferred, type Raw, type Value } from '../model/value.ts';
import { pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import type { Controller, Result } from './types.ts';

export const assert = defineModule({
  name: 'assert',
  collection: 'ansible.builtin',
  summary: 'Fail unless conditions hold',
  controllerOnly: true,
  judges: true,
  terse: true,
  args: {
    that: { type: 'raw', required: true, deferred: true, doc: 'Condition, or list of conditions that must all hold.' },
    fail_msg: { type: 'raw', aliases: ['msg'], doc: 'Text, or list of texts, for the failure.' },
    success_msg: { type: 'raw', doc: 'Text, or list of texts, for the success.' },
    quiet: { type: 'bool', default: false, doc: 'Say nothing of each condition.' },
  },
  prepare(controller, { that }) {
    return firstFalse(controller, that);
  },
  plan(args, _before, broken) {
    const wrong = wrongMessage('fail_msg', args.fail_msg) ?? wrongMessage('success_msg', args.success_msg);
    if (wrong !== undefined) return { changes: [], failed: wrong };
    const display: Result = args.quiet ? { _ansible_verbose_always: false } : {};
    if (!broken) return { changes: [], result: { ...display, msg: args.success_msg ?? 'All assertions passed' } };
    const shown: Result = { ...display, assertion: broken.condition, evaluated_to: broken.value };
    const msg = args.fail_msg ?? 'Assertion failed';
    return { changes: [], failed: '', result: { ...shown, msg } };
  },
  examples: '- assert:\n    that:\n      - port > 1024\n      - name is defined',
});

function firstFalse(controller: Controller, that: Raw): { condition: Value; value: Value } | undefined {
  const conditions = Array.isArray(that) ? (that as Raw[]) : listOf(controller, that);
  for (const condition of conditions) {
    // As in `when`, no condition at all holds.
    if (condition !== null && !controller.holds(condition)) return { condition: textOf(condition), value: false };
  }
  return undefined;
}

/** One condition, unless a template gives a list of them. */
function listOf(controller: Controller, that: Raw): Raw[] {
  if (!(that instanceof Deferred) || !that.text.trimStart().startsWith('{{')) return [that];
  const value = controller.evaluate(that);
  return Array.isArray(value) ? value : [that];
}

function textOf(condition: Raw): Value {
  if (condition instanceof Deferred) return condition.text;
  return typeof condition === 'boolean' ? condition : pyStr(condition as Value);
}

function wrongMessage(name: string, value: Value): string | undefined {
  const fits =
    value === null ||
    typeof value === 'string' ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  return fits ? undefined : `Incorrect type for ${name}, expected a string or list of strings`;
}
