import { TsplayError } from '../model/errors.ts';
import type { Keywords, LoopControl, Retry } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import type { YamlEntry, YamlNode } from '../yaml/types.ts';
import { type KeywordSpec, keywordsOf, type Owner } from './keywords.ts';
import type { Loader } from './loader.ts';
import { readModuleDefaults } from './module-defaults.ts';
import { kindOf, problem } from './problem.ts';
import { didYouMean } from './suggest.ts';
import { isVariableName, readConditions, readScalar, readTags, readTexts, readVars } from './values.ts';
import { keyName, membersOf, textOf } from './yaml-access.ts';

/** Values of keywords by name, `structure` keywords left out. */
export type Found = Map<string, unknown>;

/**
 * Reads the keywords among entries of a mapping. A name that is no keyword of the owner is an error; so callers
 * take out what is theirs (a task's module, a role's parameters) before. With `lenient`, a literal of the wrong type
 * stays as it is.
 */
export function readKeywords(
  loader: Loader,
  owner: Owner,
  entries: readonly YamlEntry[],
  { lenient = false } = {},
): Found {
  const known = keywordsOf(owner);
  const found: Found = new Map();
  for (const entry of entries) {
    loader.attempt(() => {
      const spec = known.get(keyName(entry));
      if (!spec) throw unknownKeyword(owner, entry);
      if (spec.type === 'structure') return;
      const value =
        lenient && CONVERTED.has(spec.type)
          ? readLeniently(loader, spec, entry.node)
          : readKeyword(loader, owner, spec, entry.node);
      if (value !== undefined) found.set(spec.name, value);
    });
  }
  return found;
}

const CONVERTED: ReadonlySet<string> = new Set(['bool', 'int', 'number', 'percent']);

function readLeniently(loader: Loader, spec: KeywordSpec, node: YamlNode): Raw | undefined {
  try {
    return readScalar(loader, spec, node);
  } catch (error) {
    if (node.kind === 'scalar' && error instanceof TsplayError) return loader.raw(node);
    throw error;
  }
}

/** A value of the type that the table gives the keyword. */
export function keywordValue<Type>(found: Found, name: string): Type | undefined {
  return found.get(name) as Type | undefined;
}

/** The same as `Keywords`, for owners of which every plain keyword is one. */
export function asKeywords(found: Found): Keywords {
  return Object.fromEntries(found) as Keywords;
}

export function unknownKeyword(owner: Owner, entry: YamlEntry) {
  const name = keyName(entry);
  return problem(
    `'${name}' is not a valid attribute for a ${owner}`,
    entry.keyPosition,
    didYouMean(name, keywordsOf(owner).keys()) ?? movedHint(owner, name),
  );
}

function movedHint(owner: Owner, name: string): string | undefined {
  if (owner === 'TaskInclude' || owner === 'IncludeRole' || owner === 'HandlerTaskInclude') {
    return `put it under \`apply:\` of the include, so that it holds for the tasks included`;
  }
  if (name === 'when' && owner === 'Play') return 'put conditions on tasks, blocks or roles';
  if (name === 'include') return 'use import_playbook';
  return undefined;
}

function readKeyword(loader: Loader, owner: Owner, spec: KeywordSpec, node: YamlNode): unknown {
  switch (spec.type) {
    case 'texts':
      return readTexts(loader, spec, node);
    case 'list':
      return membersOf(node).map((member) => loader.raw(member));
    case 'raw':
      return loader.raw(node);
    case 'tags':
      return readTags(loader, node);
    case 'conditions':
      return readConditions(spec, node);
    case 'vars':
      return readVars(loader, node, owner);
    case 'environment':
      return readEnvironment(loader, node);
    case 'module-defaults':
      return readModuleDefaults(loader, node);
    case 'loop-control':
      return readPart<LoopControl>(loader, 'LoopControl', spec, node);
    case 'retry':
      return readPart<Retry>(loader, 'Retry', spec, node);
    case 'static':
      return readStatic(loader, spec, node);
    default:
      return readScalar(loader, spec, node);
  }
}

function readEnvironment(loader: Loader, node: YamlNode): Raw[] {
  return membersOf(node).map((member) => {
    const raw = loader.raw(member);
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw;
    throw problem(
      `environment must be a dictionary or a template that gives one, but is a ${kindOf(member)}`,
      member.position,
      'write `NAME: value`',
    );
  });
}

function readPart<Part>(loader: Loader, owner: 'LoopControl' | 'Retry', spec: KeywordSpec, node: YamlNode): Part {
  if (node.kind === 'map') return Object.fromEntries(readKeywords(loader, owner, node.entries)) as Part;
  throw problem(
    `the \`${spec.name}\` value must be specified as a dictionary and cannot be a variable itself (though it can contain variables)`,
    node.position,
  );
}

/** A name of a variable, never a template. */
function readStatic(loader: Loader, spec: KeywordSpec, node: YamlNode): string | undefined {
  if (node.kind !== 'scalar') {
    readScalar(loader, spec, node);
    return undefined;
  }
  if (node.value === null) return undefined;
  const name = textOf(node.value);
  if (isVariableName(name)) return name;
  throw problem(
    `Invalid variable name in '${spec.name}' specified: '${name}'`,
    node.position,
    'use letters, digits and underscores, and no digit first',
  );
}
