import type { Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { pyStr } from '../../template/values.ts';
import { defineModule } from '../define.ts';
import type { Plan } from '../types.ts';
import type { Violation } from './violations.ts';

const ENGINES = ['ansible.utils.jsonschema', 'jsonschema'];

export const validate = defineModule({
  name: 'validate',
  collection: 'ansible.utils',
  summary: 'Check data against a JSON schema',
  controllerOnly: true,
  args: {
    data: { type: 'raw', required: true, doc: 'What is checked, or JSON of it.' },
    criteria: {
      type: 'raw',
      required: true,
      doc: 'The schema, or JSON of it, or a list of them. Formats are not checked.',
    },
    engine: { type: 'str', default: 'ansible.utils.jsonschema', doc: 'Only `ansible.utils.jsonschema`.' },
  },
  async prepare(_controller, { data, criteria, engine }): Promise<Found> {
    if (!ENGINES.includes(engine))
      return { violations: [], problem: `there is no engine "${engine}" to validate with` };
    // The library is large.
    const { violationsOf } = await import('./violations.ts');
    try {
      const checked = asJson('data', data);
      const schemas = Array.isArray(criteria) ? criteria : [criteria];
      return { violations: schemas.flatMap((schema) => violationsOf(asJson('criteria', schema), checked)) };
    } catch (error) {
      return { violations: [], problem: (error as Error).message };
    }
  },
  plan(_args, _before, { violations, problem }): Plan {
    if (problem !== undefined) return { changes: [], failed: problem };
    if (violations.length === 0) return { changes: [], result: { msg: 'All checks passed.' } };
    const lines = violations.map(({ schema_path, message }) => `At '${schema_path}' ${message}. `);
    return {
      changes: [],
      failed: ['Validation errors were found.', ...lines].join('\n'),
      result: { errors: violations.map((violation) => new Map<Value, Value>(Object.entries(violation))) },
    };
  },
  examples:
    "- ansible.utils.validate:\n    data: \"{{ lookup('file', 'site.json') }}\"\n    criteria: \"{{ lookup('file', 'site.schema.json') }}\"",
});

interface Found {
  readonly violations: readonly Violation[];
  /** Why nothing could be checked. */
  readonly problem?: string;
}

/** The value as JSON has it: a text is read, everything else goes through its own JSON, so that keys are texts. */
function asJson(option: string, value: Value): Value {
  try {
    return parseJson(typeof value === 'string' ? value : dumpJson(value));
  } catch (error) {
    const reason = error instanceof Error ? error.message : pyStr(value);
    throw new Error(
      `'${option}' option value is invalid, value should a valid JSON. Failed to read with error '${reason}'`,
    );
  }
}
