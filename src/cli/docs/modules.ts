import type { Dict, Value } from '../../engine/model/value.ts';
import { moduleTable } from '../../engine/modules/index.ts';
import { findArguments, resolveAction } from '../../engine/modules/registry.ts';
import type { ArgSpec, ModuleDefinition } from '../../engine/modules/types.ts';
import { literal, type OptionDoc, type Page, wrapped } from './page.ts';

interface Documented {
  /** `ansible.builtin.copy` */
  readonly name: string;
  readonly collection: string;
  readonly summary: string;
  readonly args: Readonly<Record<string, ArgSpec>>;
  readonly examples: string | undefined;
}

async function documented(name: string): Promise<Documented | undefined> {
  const entry = resolveAction(name);
  const found = await findArguments(name);
  if (!entry || !found) return undefined;
  const { collection, summary, args } = found;
  const { examples } = found as Partial<ModuleDefinition>;
  return { name: `${collection}.${entry.name}`, collection, summary, args, examples };
}

/** Full names of all modules with what they do, sorted. */
export async function moduleSummaries(): Promise<Map<string, string>> {
  const all = await Promise.all(moduleTable.map(({ name }) => documented(name)));
  const rows = all.flatMap((each) => (each ? [[each.name, each.summary] as const] : []));
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function modulePage(name: string): Promise<Page | undefined> {
  const found = await documented(name);
  if (!found) return undefined;
  return {
    kind: 'MODULE',
    name: found.name,
    text: `${found.summary}.`,
    options: optionDocs(found.args),
    notes: [],
    examples: found.examples,
  };
}

/** As `ansible-doc --json` has it. */
export async function moduleJson(name: string): Promise<Dict | undefined> {
  const found = await documented(name);
  if (!found) return undefined;
  const doc: Dict = new Map<Value, Value>([
    ['collection', found.collection],
    ['description', [`${found.summary}.`]],
    ['module', found.name.slice(found.collection.length + 1)],
    ['options', optionsJson(found.args)],
    ['short_description', found.summary],
  ]);
  return new Map<Value, Value>([
    ['doc', doc],
    ['examples', found.examples ?? null],
    ['metadata', null],
    ['return', null],
  ]);
}

/** A task to begin with, all arguments in it. */
export async function moduleSnippet(name: string): Promise<string | undefined> {
  const found = await documented(name);
  if (!found) return undefined;
  const lines = Object.entries(found.args).map(([argument, spec]) => {
    const begin = `      ${argument}:`.padEnd(28);
    const remark = `# ${spec.required ? '(required) ' : ''}${spec.doc}`;
    return `${begin} ${wrapped(remark, 0)
      .split('\n')
      .join(`\n${' '.repeat(29)}# `)}`;
  });
  return `- name: ${found.summary}\n  ${name}:\n${lines.join('\n')}\n`;
}

function optionDocs(args: Readonly<Record<string, ArgSpec>>): OptionDoc[] {
  return Object.entries(args).map(([name, spec]) => ({
    name,
    required: spec.required ?? false,
    text: spec.doc,
    facts: factsOf(spec),
    options: optionDocs(spec.options ?? {}),
  }));
}

function factsOf({ aliases = [], choices = [], default: fallback, elements, type }: ArgSpec): OptionDoc['facts'] {
  return [
    ...(aliases.length > 0 ? [['aliases', `[${aliases.join(', ')}]`] as const] : []),
    ...(choices.length > 0 ? [['choices', `[${choices.map(literal).join(', ')}]`] as const] : []),
    ...(fallback === undefined ? [] : [['default', literal(fallback)] as const]),
    ...(elements ? [['elements', elements] as const] : []),
    ['type', type] as const,
  ];
}

function optionsJson(args: Readonly<Record<string, ArgSpec>>): Dict {
  return new Map(
    Object.entries(args).map(([name, spec]) => {
      const entry: [string, Value | undefined][] = [
        ['aliases', spec.aliases && [...spec.aliases]],
        ['choices', spec.choices && [...spec.choices]],
        ['default', spec.default],
        ['description', [spec.doc]],
        ['elements', spec.elements],
        ['required', spec.required],
        ['suboptions', spec.options && optionsJson(spec.options)],
        ['type', spec.type],
      ];
      return [name, new Map(entry.filter((pair): pair is [string, Value] => pair[1] !== undefined))] as const;
    }),
  );
}
