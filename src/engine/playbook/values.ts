import { Deferred, type Raw } from '../model/value.ts';
import { compileExpression, compileText } from '../template/compile.ts';
import type { YamlNode, YamlScalar } from '../yaml/types.ts';
import { convertKeyword } from './convert.ts';
import type { KeywordSpec } from './keywords.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { isEmpty, keyName, membersOf, stringOf, textOf, textPlace } from './yaml-access.ts';

/** Reads the value of one scalar keyword; `undefined` for an empty one, which counts as not given. */
export function readScalar(loader: Loader, spec: KeywordSpec, node: YamlNode): Raw | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind !== 'scalar') throw notScalar(spec, node);
  const raw = loader.raw(node);
  if (raw instanceof Deferred) return raw;
  return convertKeyword(spec, node.value, node.position);
}

/** Members of a keyword that is a list of texts or numbers, each of which may be a template. */
export function readTexts(loader: Loader, spec: KeywordSpec, node: YamlNode): Raw[] {
  return membersOf(node).map((member) => {
    if (member.kind === 'scalar' && !isEmpty(member)) return loader.raw(member);
    throw problem(
      `the field '${spec.name}' should be a list of strings, but one item is a ${kindOf(member)}`,
      member.position,
    );
  });
}

/** `tags: a, b`, or a list of them. Members may be templates that give lists. */
export function readTags(loader: Loader, node: YamlNode): Raw[] {
  if (node.kind === 'seq')
    return node.items.flatMap((item) => (item.kind === 'seq' ? readTags(loader, item) : [tag(loader, item)]));
  const text = stringOf(node);
  if (text === undefined) throw problem('tags must be specified as a list', node.position);
  if (node.kind !== 'scalar' || node.tag) return [loader.raw(node)];
  return splitTags(text).map((part) => compileText(part, textPlace(node)));
}

/** At commas that stand outside templates. */
function splitTags(text: string): string[] {
  const parts = text.match(/(?:\{\{[\s\S]*?\}\}|[^,])+/g) ?? [''];
  return parts.map((part) => part.trim());
}

function tag(loader: Loader, node: YamlNode): Raw {
  if (node.kind === 'scalar' && node.value !== null && typeof node.value !== 'boolean') return loader.raw(node);
  throw problem(`the field 'tags' should be a list of strings, but one item is a ${kindOf(node)}`, node.position);
}

/** Each entry compiled as an expression; what is written as a boolean stays one. */
export function readConditions(spec: KeywordSpec, node: YamlNode): Raw[] {
  return membersOf(node).flatMap((member): Raw[] => {
    if (member.kind !== 'scalar') {
      throw problem(`a condition in '${spec.name}' must be a text, but is a ${kindOf(member)}`, member.position);
    }
    const condition = readCondition(member);
    return condition === undefined ? [] : [condition];
  });
}

/** One condition; nothing written (or an empty text) is none. */
export function readCondition(node: YamlScalar): Raw | undefined {
  const { value } = node;
  if (value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value;
  return compileExpression(textOf(value), textPlace(node));
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Python words that cannot be variables. */
const RESERVED = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

export function isVariableName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

/** `vars:` as name to value; `owner` is named in the message. */
export function readVars(loader: Loader, node: YamlNode, owner: string): Map<string, Raw> {
  const vars = new Map<string, Raw>();
  if (isEmpty(node)) return vars;
  if (node.kind !== 'map') {
    throw problem(`Vars in a ${owner} must be specified as a dictionary`, node.position, 'write `name: value`');
  }
  for (const entry of node.entries) {
    const name = keyName(entry);
    if (typeof entry.key !== 'string' || !isVariableName(name)) {
      throw problem(
        `Invalid variable name in vars specified for ${owner}: '${name}' is not a valid variable name`,
        entry.keyPosition,
        'use letters, digits and underscores, and no digit first',
      );
    }
    vars.set(name, loader.variable(entry.node));
  }
  return vars;
}

function notScalar(spec: KeywordSpec, node: YamlNode) {
  const message =
    spec.type === 'text' || spec.type === 'static'
      ? `The field '${spec.name}' is supposed to be a string type, however the incoming data structure is a ${kindOf(node)}`
      : `the field '${spec.name}' has an invalid value (a ${kindOf(node)}), and could not be converted to ${spec.type}.`;
  return problem(message, node.position);
}
