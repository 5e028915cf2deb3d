import { Ajv } from 'ajv';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const digest = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const truth = { const: true } as const;

function object(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  const properties = { ...required, ...optional };
  return { type: 'object', properties, required: Object.keys(required), additionalProperties: false };
}

function listOf(items: object) {
  return { type: 'array', items };
}

function recordOf(values: object) {
  return { type: 'object', additionalProperties: values };
}

const seen = {
  anyOf: [
    { type: 'null' },
    object({ kind: text, owner: text, group: text, mode: text }, { leads: text, content: digest }),
  ],
};

const before = object({ kind: text }, { owner: text, group: text, mode: text, leads: text, content: digest });

const change = object(
  { id: digest, kind: text, summary: text },
  {
    path: text,
    from: text,
    leads: text,
    attributes: recordOf(text),
    content: object({ digest, size: count }),
    before,
    opaque: truth,
    final: text,
  },
);

const turn = {
  required: {
    id: digest,
    status: { enum: ['ok', 'changed', 'skipped', 'failed', 'unreachable', 'unknown'] },
  },
  optional: {
    because: text,
    unknown: { enum: ['outcome', 'all'] },
    done: truth,
    looked: object({ paths: recordOf(seen) }, { state: digest }),
    changes: listOf(change),
    diffs: texts,
  },
};

const item = object({ ...turn.required, label: text }, turn.optional);

const step = object(
  { ...turn.required, play: count, name: text, action: text, at: text },
  { ...turn.optional, handler: truth, target: text, hidden: truth, includes: truth, items: listOf(item) },
);

/** The form of a plan's file, as JSON Schema. */
export const PLAN_SCHEMA = object({
  format: count,
  program: text,
  directory: text,
  playbooks: texts,
  inventory: texts,
  options: object({ tags: texts, skipTags: texts, extraVars: recordOf(digest) }, { limit: text }),
  content: recordOf(digest),
  plays: listOf(object({ name: text, hosts: texts })),
  hosts: recordOf(object({ steps: listOf(step), mayRun: listOf(object({ id: digest, name: text })) })),
  coverage: object({ tasks: count, unknown: count }),
  sealed: text,
  sum: digest,
});

/** What is wrong with the form of a plan: where and what; undefined if nothing is. */
export function mistakeIn(value: unknown): string | undefined {
  const validate = new Ajv({ strict: false }).compile(PLAN_SCHEMA);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || 'the plan'} ${error?.message ?? 'has another form'}`;
}
