import type { ArgSpec } from '../types.ts';
import type { Arguments } from './coerce.ts';
import { wordTruth } from './convert.ts';

/** A JSON schema (draft 7), as plain data. */
export type Schema = Readonly<Record<string, unknown>>;

const truthWords =
  '^\\s*([yY]([eE][sS])?|[nN][oO]?|[oO]([nN]|[fF][fF])|[tTfF]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[01](\\.0)?)\\s*$';

const types: Readonly<Record<ArgSpec['type'], Schema>> = {
  str: { not: { type: 'null' } },
  path: { not: { type: 'null' } },
  raw: {},
  bool: { anyOf: [{ type: 'boolean' }, { enum: [0, 1] }, { type: 'string', pattern: truthWords }] },
  int: { anyOf: [{ type: ['integer', 'boolean'] }, { type: 'string', pattern: '^\\s*[+-]?[\\d_]+(\\.0*)?\\s*$' }] },
  float: {
    anyOf: [
      { type: ['number', 'boolean'] },
      { type: 'string', pattern: '^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$' },
    ],
  },
  list: { type: ['array', 'string', 'number', 'boolean'] },
  dict: { anyOf: [{ type: 'object' }, { type: 'string', pattern: '=|^\\{' }] },
  bytes: size(),
  bits: size(),
  json: { type: ['string', 'array', 'object'] },
  jsonarg: { type: ['string', 'array', 'object'] },
};

function size(): Schema {
  return { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^\\s*\\d*\\.?\\d+\\s*[A-Za-z]*\\s*$' }] };
}

/** What may stand in a playbook for a module's arguments, aliases included: for lint, editors and documentation. */
export function schemaOf(definition: Arguments): Schema {
  const schema = membersSchema(definition.args, definition.openArgs ?? false);
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: definition.name, ...schema };
}

function membersSchema(specs: Readonly<Record<string, ArgSpec>>, open: boolean): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, spec] of Object.entries(specs)) {
    for (const spelling of [name, ...(spec.aliases ?? [])]) properties[spelling] = argumentSchema(spec);
  }
  const required = Object.keys(specs)
    .filter((name) => specs[name]!.required)
    .map((name) => ({
      anyOf: [name, ...(specs[name]!.aliases ?? [])].map((spelling) => ({ required: [spelling] })),
    }));
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { allOf: required } : {}),
    additionalProperties: open,
  };
}

function argumentSchema(spec: ArgSpec): Schema {
  const description = { description: spec.doc };
  if (spec.deferred) return description;
  if (spec.options) {
    const members = membersSchema(spec.options, false);
    const schema = spec.type === 'list' ? { type: 'array', items: members } : { ...members };
    return { ...description, anyOf: [schema, { type: ['string', 'null'] }] };
  }
  const base = spec.choices ? choicesSchema(spec) : elementsSchema(spec);
  const optional = !spec.required && (spec.default ?? null) === null;
  return { ...description, ...(optional ? { anyOf: [base, { type: 'null' }] } : base) };
}

function elementsSchema(spec: ArgSpec): Schema {
  if (spec.type !== 'list' || !spec.elements) return types[spec.type];
  return { anyOf: [{ type: 'array', items: types[spec.elements] }, { type: ['string', 'number', 'boolean'] }] };
}

/** Choices that mean a truth may be written as any word for it, since YAML reads `yes` as a boolean. */
function choicesSchema(spec: ArgSpec): Schema {
  if (spec.type === 'bool') return types.bool;
  const spellings = (spec.choices ?? []).flatMap((choice): (string | number | boolean)[] => {
    const truth = wordTruth(String(choice));
    const boolean = truth === undefined ? [] : [truth];
    if (typeof choice === 'number') return [choice, String(choice)];
    const number = typeof choice === 'string' && /^\d+$/.test(choice) ? [Number(choice)] : [];
    return [choice, ...boolean, ...number];
  });
  const one = { enum: [...new Set(spellings)] };
  if (spec.type !== 'list') return one;
  return { anyOf: [{ type: 'array', items: one }, { type: ['string', 'number', 'boolean'] }] };
}
