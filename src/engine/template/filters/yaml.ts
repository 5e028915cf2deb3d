import type { Value } from '../../model/value.ts';
import { parseYaml, parseYamlAll } from '../../yaml/parse.ts';
import { toValue } from '../../yaml/to-value.ts';
import { bind } from '../params.ts';
import type { Context, Filters } from '../types.ts';
import { toIndex, truthy } from '../values.ts';
import { emitYaml } from './yaml/emit.ts';

// allow_unicode and the like change nothing here; they are accepted because roles pass them.
const OPTIONS = [
  'indent',
  'width',
  'sort_keys',
  'default_flow_style',
  'allow_unicode',
  'explicit_start',
  'explicit_end',
  'line_break',
  'encoding',
] as const;
type Given = { [name in (typeof OPTIONS)[number]]?: Value };

/** What no other YAML has: nothing is marked as sensitive in values here. */
const GENERAL_OPTIONS = [...OPTIONS, 'redact_sensitive_values'] as const;

export const filters: Filters = {
  'community.general.to_nice_yaml': (value, args, kwargs, context) =>
    write(value, { indent: 2, ...bind(args, kwargs, GENERAL_OPTIONS, 'to_nice_yaml') }, false, context),
  'community.general.to_yaml': (value, args, kwargs, context) =>
    write(value, bind(args, kwargs, GENERAL_OPTIONS, 'to_yaml'), null, context),
  from_yaml(value) {
    if (typeof value !== 'string') return value;
    const node = parseYaml(value, '<from_yaml>');
    // Without a compiler of templates, no leaf is deferred.
    return node ? (toValue(node) as Value) : null;
  },
  from_yaml_all(value) {
    if (typeof value !== 'string') return value;
    return parseYamlAll(value, '<from_yaml_all>').map((node) => toValue(node) as Value);
  },
  to_yaml(value, _args, kwargs, context) {
    // Ansible takes positional arguments here and ignores them.
    return write(value, bind([], kwargs, OPTIONS, 'to_yaml'), null, context);
  },
  to_nice_yaml(value, args, kwargs, context) {
    return write(value, { indent: 4, ...bind(args, kwargs, OPTIONS, 'to_nice_yaml') }, false, context);
  },
};

function write(value: Value, given: Given, flowDefault: Value, { budget }: Context): string {
  const { indent = null, width = null, sort_keys = true, default_flow_style: flow = flowDefault } = given;
  const text = emitYaml(value, {
    sortKeys: truthy(sort_keys),
    flow: flow === null ? undefined : truthy(flow),
    ...(indent !== null && { indent: toIndex(indent) }),
    ...(width !== null && { width: toIndex(width) }),
  });
  budget.grow(text.length);
  const start = truthy(given.explicit_start ?? false) ? `---${isBlock(value, text) ? '\n' : ' '}` : '';
  const end = truthy(given.explicit_end ?? false) ? '...\n' : '';
  return start + text + end;
}

/** Whether a value was written in block style, which begins on a line of its own. */
function isBlock(value: Value, text: string): boolean {
  return (Array.isArray(value) || value instanceof Map) && !/^[[{]/.test(text);
}
