import type { Position } from '../model/source.ts';
import { readBlockScalar } from './block-scalar.ts';
import type { Builder } from './builder.ts';
import {
  COLON,
  DASH,
  DOUBLE_QUOTE,
  GREATER,
  isBlankOrEnd,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  QUESTION,
  SINGLE_QUOTE,
} from './characters.ts';
import { readFlow } from './flow.ts';
import { addEntry, type KeyNode } from './key.ts';
import { checkPlainStart, failAfterValue, failMissingColon, failNestedMapping } from './mistakes.ts';
import { readPlain } from './plain-scalar.ts';
import { type Properties, readName, readProperties } from './properties.ts';
import { readQuoted } from './quoted-scalar.ts';
import type { Reader } from './reader.ts';
import type { YamlMap, YamlNode, YamlSeq } from './types.ts';

/** Where a node may stand. */
interface Place {
  /** The column of the enclosing block, -1 at the top; the node stands right of it. */
  readonly indent: number;
  /** A mapping or list may begin on the current line: behind `- `, but not behind `key: `. */
  readonly compact: boolean;
  /** A list may stand at `indent` itself, as the value of a key does. */
  readonly listAtIndent: boolean;
}

const DOCUMENT: Place = { indent: -1, compact: true, listAtIndent: false };

/** What a line may begin with before it is known whether it is a key. */
type Atom =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean; readonly position: Position }
  | { readonly kind: 'flow'; readonly node: YamlMap | YamlSeq; readonly start: number }
  | { readonly kind: 'alias'; readonly node: YamlNode };

/** Reads the node of a document up to its end; an empty one is null. */
export function readDocument(builder: Builder): YamlNode {
  const { reader } = builder;
  const node = readNode(builder, DOCUMENT);
  reader.skipToToken('line');
  if (!reader.atDocumentEnd()) failAfterValue(reader);
  return node;
}

function readNode(builder: Builder, place: Place): YamlNode {
  const { reader } = builder;
  const before = reader.position();
  const crossed = reader.skipToToken(place.compact ? 'nowhere' : 'line');
  let fresh = crossed || place.compact;
  if (isAbsent(reader, place, fresh)) return builder.scalar('', false, before, undefined);
  let column = reader.column;
  let own = readProperties(reader);
  let outer: Properties | undefined;
  if (own && (reader.code() === NEWLINE || Number.isNaN(reader.code()) || reader.text[reader.pos] === '#')) {
    // On a line of their own they belong to all that follows, not to its first key.
    reader.skipToToken('line');
    fresh = true;
    if (isAbsent(reader, place, fresh)) return builder.scalar('', false, before, own);
    outer = own;
    column = reader.column;
    own = readProperties(reader);
  }
  builder.descend();
  const node = readContent(builder, place, column, fresh, outer, own);
  builder.ascend();
  return node;
}

/** Nothing stands in the place: the text, or the block around it, ends before. */
function isAbsent(reader: Reader, place: Place, fresh: boolean): boolean {
  if (reader.atDocumentEnd()) return true;
  if (reader.column > place.indent) return false;
  return !(place.listAtIndent && fresh && reader.column === place.indent && atIndicator(reader, DASH));
}

function readContent(
  builder: Builder,
  place: Place,
  column: number,
  fresh: boolean,
  outer: Properties | undefined,
  own: Properties | undefined,
): YamlNode {
  const { reader } = builder;
  const start = builder.size;
  const both = outer && own ? { ...outer, ...own } : (outer ?? own);
  if (atIndicator(reader, DASH)) {
    if (!fresh || own) reader.fail('a list may not begin here', 'begin it on the next line, or quote the value');
    return builder.collection(readSeq(builder, column, place), outer, start);
  }
  if (fresh && !own && atIndicator(reader, QUESTION)) return builder.collection(readMap(builder, column), outer, start);
  if (reader.code() === PIPE || reader.code() === GREATER) {
    const position = reader.position();
    const { text, position: textPosition } = readBlockScalar(reader, place.indent);
    return builder.scalar(text, true, position, both, textPosition);
  }
  const { line } = reader;
  const atom = readAtom(builder, place.indent);
  if (!skipToColon(reader)) return finishAtom(builder, atom, both);
  if (!fresh || line !== reader.line) failNestedMapping(reader, line);
  const key = toKey(builder, atom, own);
  return builder.collection(readMap(builder, column, key), outer, start);
}

function readAtom(builder: Builder, indent: number): Atom {
  const { reader } = builder;
  const position = reader.position();
  switch (reader.code()) {
    case OPEN_BRACE:
    case OPEN_BRACKET: {
      const start = builder.size;
      return { kind: 'flow', node: readFlow(builder), start };
    }
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
      return { kind: 'text', text: readQuoted(reader), quoted: true, position };
  }
  if (reader.text[reader.pos] === '*') {
    return { kind: 'alias', node: builder.alias(readName(reader, 'alias'), position) };
  }
  checkPlainStart(reader);
  return { kind: 'text', text: readPlain(reader, indent, false), quoted: false, position };
}

function finishAtom(builder: Builder, atom: Atom, properties: Properties | undefined): YamlNode {
  switch (atom.kind) {
    case 'text':
      return builder.scalar(atom.text, atom.quoted, atom.position, properties);
    case 'flow':
      return builder.collection(atom.node, properties, atom.start);
    case 'alias':
      return atom.node;
  }
}

function toKey(builder: Builder, atom: Atom, properties: Properties | undefined): KeyNode {
  return {
    node: finishAtom(builder, atom, properties),
    bare: atom.kind === 'text' && !atom.quoted && !properties,
  };
}

/** Reads a mapping whose keys stand at `column`; of the first, `key` was read already, up to its colon. */
function readMap(builder: Builder, column: number, key?: KeyNode): YamlMap {
  const { reader } = builder;
  const position = key?.node.position ?? reader.position();
  const entries = builder.entryList();
  const value: Place = { indent: column, compact: false, listAtIndent: true };
  let next = key;
  do {
    next ??= readKey(builder, column);
    if (atIndicator(reader, COLON)) {
      reader.pos++;
      addEntry(reader, entries, next, readNode(builder, value));
    } else {
      addEntry(reader, entries, next, builder.scalar('', false, reader.position(), undefined));
    }
    next = undefined;
  } while (continues(reader, column));
  return { kind: 'map', entries: entries.finish(), position };
}

/** Reads a key up to its colon. */
function readKey(builder: Builder, column: number): KeyNode {
  const { reader } = builder;
  if (atIndicator(reader, QUESTION)) return readExplicitKey(builder, column);
  const position = reader.position();
  const properties = readProperties(reader);
  if (atIndicator(reader, DASH)) reader.fail('a list item stands among the keys of a mapping', 'check the indentation');
  const atom = readAtom(builder, column);
  const text = atom.kind === 'text' ? atom.text : '';
  if (!skipToColon(reader) || position.line !== reader.line) failMissingColon(reader, text, position);
  return toKey(builder, atom, properties);
}

function readExplicitKey(builder: Builder, column: number): KeyNode {
  const { reader } = builder;
  reader.pos++;
  const node = readNode(builder, { indent: column, compact: true, listAtIndent: false });
  reader.skipToToken('line');
  return { node, bare: false };
}

function readSeq(builder: Builder, column: number, place: Place): YamlSeq {
  const { reader } = builder;
  const position = reader.position();
  const items: YamlNode[] = [];
  const item: Place = { indent: column, compact: true, listAtIndent: false };
  do {
    reader.pos++;
    items.push(readNode(builder, item));
  } while (continues(reader, column) && continuesSeq(reader, place, column));
  return { kind: 'seq', items, position };
}

/** A list at the column of its key ends at the next key; any other may hold nothing but items. */
function continuesSeq(reader: Reader, place: Place, column: number): boolean {
  if (atIndicator(reader, DASH)) return true;
  if (place.indent === column) return false;
  reader.fail('expected "- " as the items before have', 'check the indentation');
}

/** After an entry: whether the block goes on at `column`. Throws where the next line fits no block. */
function continues(reader: Reader, column: number): boolean {
  reader.skipToToken('line');
  if (reader.atDocumentEnd() || reader.column < column) return false;
  if (reader.column > column) failAfterValue(reader);
  return true;
}

/** Goes over blanks to a colon that makes a key of what stands before it; moves nothing if there is none. */
function skipToColon(reader: Reader): boolean {
  let ahead = 0;
  while (reader.code(ahead) === 32 || reader.code(ahead) === 9) ahead++;
  if (reader.code(ahead) !== COLON || !isBlankOrEnd(reader.code(ahead + 1))) return false;
  reader.pos += ahead;
  return true;
}

function atIndicator(reader: Reader, indicator: number): boolean {
  return reader.code() === indicator && isBlankOrEnd(reader.code(1));
}
