import type { Value } from '../model/value.ts';
import { defineModule } from './define.ts';
import { isVariableName } from './set-fact.ts';

export const setStats = defineModule({
  name: 'set_stats',
  collection: 'ansible.builtin',
  summary: 'Add figures to the end of the run',
  controllerOnly: true,
  terse: true,
  args: {
    data: { type: 'dict', required: true, doc: 'Names and values.' },
    per_host: { type: 'bool', default: false, doc: 'Keep them for each host apart.' },
    aggregate: { type: 'bool', default: true, doc: 'Add to what was set before instead of replacing it.' },
  },
  plan({ data, per_host, aggregate }) {
    const names = [...data.keys()].map(String);
    const wrong = names.find((name) => !isVariableName(name));
    if (wrong !== undefined) {
      const rule =
        'Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.';
      return { changes: [], failed: `The variable name '${wrong}' is not valid. ${rule}` };
    }
    const stats = new Map<Value, Value>([
      ['data', data],
      ['per_host', per_host],
      ['aggregate', aggregate],
    ]);
    const entries = new Map([...data].map(([name, value]) => [String(name), value] as const));
    return {
      changes: [],
      result: { ansible_stats: stats },
      effects: [{ kind: 'stats', data: entries, perHost: per_host, aggregate }],
    };
  },
  examples: '- set_stats:\n    data: {deployed: "{{ version }}"}',
});
