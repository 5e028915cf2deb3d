import type { Value } from '../model/value.ts';
import { wordTruth } from './args/convert.ts';
import { defineModule } from './define.ts';

export const setFact = defineModule({
  name: 'set_fact',
  collection: 'ansible.builtin',
  summary: 'Give variables to a host for the rest of the run',
  controllerOnly: true,
  openArgs: true,
  args: {
    cacheable: { type: 'bool', default: false, doc: 'Also keep them as facts, where facts are cached.' },
  },
  prepare({ scope }): { native: boolean } {
    return { native: scope.world.setting?.('DEFAULT_JINJA2_NATIVE')?.value === true };
  },
  plan(args, _before, { native }) {
    const { cacheable, ...given } = args as Record<string, Value>;
    const facts = new Map(
      Object.entries(given).map(([name, value]) => [name, native ? value : truthOf(value)] as const),
    );
    if (facts.size === 0) {
      return {
        changes: [],
        failed: 'No key/value pairs provided, at least one is required for this action to succeed',
      };
    }
    const wrong = [...facts.keys()].find((name) => !isVariableName(name));
    if (wrong !== undefined) {
      const rule =
        'Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.';
      return { changes: [], failed: `The variable name '${wrong}' is not valid. ${rule}` };
    }
    return {
      changes: [],
      result: { ansible_facts: new Map<Value, Value>(facts) },
      effects: [{ kind: 'facts', facts, cacheable: cacheable === true }],
    };
  },
  examples: '- set_fact:\n    primary: "{{ groups.control_plane[0] }}"',
});

/** The words `true`, `false`, `yes` and `no` become booleans, as `key=value` can say nothing else; not where Jinja2 gives native values (jinja2_native). */
function truthOf(value: Value): Value {
  if (typeof value !== 'string' || !/^(true|false|yes|no)$/i.test(value)) return value;
  return wordTruth(value) ?? value;
}

export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}
