import type { Position } from '../model/source.ts';
import type { Value } from '../model/value.ts';
import type { Reader } from './reader.ts';
import { parseFloating, parseInteger, resolvePlain, toFloat } from './resolve.ts';
import type { YamlMap, YamlNode, YamlScalar, YamlSeq } from './types.ts';

/** The type that stands before a node: `!vault`, `!!str`, `!<tag:yaml.org,2002:int>`. */
export interface Tag {
  readonly text: string;
  readonly position: Position;
}

const CORE = 'tag:yaml.org,2002:';

/** `!!str` and `!<tag:yaml.org,2002:str>` are the same tag. */
function nameOf({ text }: Tag): string {
  const full = text.startsWith('!<') ? text.slice(2, -1) : text;
  if (full.startsWith(CORE)) return `!!${full.slice(CORE.length)}`;
  return full === '!vault-encrypted' ? '!vault' : full;
}

/** A scalar node of the tag's type. Throws TsplayError for a tag that is not known or does not fit. */
export function tagScalar(reader: Reader, tag: Tag, text: string, quoted: boolean, position: Position): YamlScalar {
  switch (nameOf(tag)) {
    case '!vault':
      return { kind: 'scalar', value: text, position, tag: 'vault', quoted: true };
    case '!unsafe':
      return { kind: 'scalar', value: quoted ? text : resolvePlain(text), position, tag: 'unsafe', quoted };
    case '!':
    case '!!str':
    case '!!timestamp':
      return { kind: 'scalar', value: text, position, quoted: true };
    case '!!int':
      return typed(parseInteger(text));
    case '!!float':
      return typed(parseAnyFloat(text));
    case '!!bool':
    case '!!null':
      return typed(parseWord(nameOf(tag), text));
    case '!!binary':
      return typed(parseBase64(text));
    default:
      return failTag(reader, tag, 'text');
  }

  function typed(value: Value | undefined): YamlScalar {
    if (value === undefined) reader.fail(`"${text}" is no ${nameOf(tag).slice(2)}`, undefined, position);
    return { kind: 'scalar', value, position, quoted: true };
  }
}

export function tagSeq(reader: Reader, tag: Tag, node: YamlSeq): YamlSeq {
  switch (nameOf(tag)) {
    case '!!seq':
      return node;
    case '!unsafe':
      return markUnsafe(node) as YamlSeq;
    case '!!omap':
    case '!!pairs':
      return { ...node, items: node.items.map((item) => toPair(reader, item)) };
    default:
      return failTag(reader, tag, 'a list');
  }
}

/** `!!set` gives a list of its members: the language has no other form for it. */
export function tagMap(reader: Reader, tag: Tag, node: YamlMap): YamlMap | YamlSeq {
  switch (nameOf(tag)) {
    case '!!map':
      return node;
    case '!unsafe':
      return markUnsafe(node) as YamlMap;
    case '!!set': {
      const items = node.entries.map(({ key, keyPosition }) => keyNode(key, keyPosition));
      return { kind: 'seq', items, position: node.position };
    }
    default:
      return failTag(reader, tag, 'a mapping');
  }
}

function markUnsafe(node: YamlNode): YamlNode {
  switch (node.kind) {
    case 'scalar':
      return { ...node, tag: node.tag ?? 'unsafe' };
    case 'seq':
      return { ...node, items: node.items.map(markUnsafe) };
    case 'map':
      return { ...node, entries: node.entries.map((entry) => ({ ...entry, node: markUnsafe(entry.node) })) };
  }
}

function toPair(reader: Reader, item: YamlNode): YamlNode {
  const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined;
  if (!entry) reader.fail('each item of !!omap or !!pairs must be a mapping of one key', undefined, item.position);
  return { kind: 'seq', items: [keyNode(entry.key, entry.keyPosition), entry.node], position: item.position };
}

function keyNode(value: Value, position: Position): YamlScalar {
  return { kind: 'scalar', value, position, quoted: true };
}

function parseAnyFloat(text: string): Value | undefined {
  const float = parseFloating(text);
  if (float !== undefined) return float;
  const int = parseInteger(text);
  return int === undefined ? undefined : toFloat(Number(int));
}

function parseWord(name: string, text: string): Value | undefined {
  const value = resolvePlain(text.toLowerCase());
  const wanted = name === '!!bool' ? typeof value === 'boolean' : value === null;
  return wanted ? value : undefined;
}

function parseBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

function failTag(reader: Reader, tag: Tag, what: string): never {
  reader.fail(
    `no constructor for the tag "${tag.text}" on ${what}`,
    'the tags are !vault, !unsafe and those of YAML itself, such as !!str',
    tag.position,
  );
}
