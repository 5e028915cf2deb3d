import type { Position } from '../model/source.ts';
import type { Builder } from './builder.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  isBlankOrEnd,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUESTION,
  SINGLE_QUOTE,
} from './characters.ts';
import type { EntryList } from './entries.ts';
import { addEntry, type KeyNode } from './key.ts';
import { checkPlainStart, failTemplate } from './mistakes.ts';
import { readPlain } from './plain-scalar.ts';
import { type Properties, readName, readProperties } from './properties.ts';
import { readQuoted } from './quoted-scalar.ts';
import type { YamlMap, YamlNode, YamlSeq } from './types.ts';

/** Reads `[...]` or `{...}`; the reader stands at its opening character. */
export function readFlow(builder: Builder): YamlMap | YamlSeq {
  const { reader } = builder;
  builder.descend();
  const node = reader.code() === OPEN_BRACE ? readFlowMap(builder) : readFlowSeq(builder);
  builder.ascend();
  return node;
}

function readFlowMap(builder: Builder): YamlMap {
  const { reader } = builder;
  const position = reader.position();
  if (reader.code(1) === OPEN_BRACE) failTemplate(reader);
  reader.pos++;
  const entries = builder.entryList();
  while (!closes(builder, CLOSE_BRACE, position)) {
    readPair(builder, entries);
    separate(builder, CLOSE_BRACE, position);
  }
  return { kind: 'map', entries: entries.finish(), position };
}

function readFlowSeq(builder: Builder): YamlSeq {
  const { reader } = builder;
  const position = reader.position();
  reader.pos++;
  const items: YamlNode[] = [];
  while (!closes(builder, CLOSE_BRACKET, position)) {
    items.push(readItem(builder));
    separate(builder, CLOSE_BRACKET, position);
  }
  return { kind: 'seq', items, position };
}

/** One item of a list; `a: b` there is a mapping of one key. */
function readItem(builder: Builder): YamlNode {
  const { reader } = builder;
  const position = reader.position();
  const start = builder.size;
  const explicit = reader.code() === QUESTION && isBlankOrEnd(reader.code(1));
  const key = readKey(builder, explicit);
  if (reader.code() !== COLON && !explicit) return key.node;
  const entries = builder.entryList();
  addEntry(builder.reader, entries, key, readFlowValue(builder));
  return builder.collection({ kind: 'map', entries: entries.finish(), position }, undefined, start);
}

function readPair(builder: Builder, entries: EntryList): void {
  const { reader } = builder;
  const key = readKey(builder, reader.code() === QUESTION && isBlankOrEnd(reader.code(1)));
  addEntry(reader, entries, key, readFlowValue(builder));
}

/** A node that may be a key, up to its colon, which must stand on the same line, since else a bracket was forgotten. */
function readKey(builder: Builder, explicit: boolean): KeyNode {
  const { reader } = builder;
  if (explicit) reader.pos++;
  else if (reader.code() === COLON) reader.fail('":" without a key before it', 'quote the value if it is a plain text');
  const { line } = reader;
  const key = readFlowNode(builder);
  reader.skipToToken('anywhere');
  if (reader.code() === COLON && reader.line !== line && !explicit) {
    reader.fail(
      `a key may not go over lines; is a bracket of line ${line} not closed?`,
      'close it, or quote the value',
    );
  }
  return key;
}

/** The value behind `:`, null where there is none. */
function readFlowValue(builder: Builder): YamlNode {
  const { reader } = builder;
  const position = reader.position();
  reader.skipToToken('anywhere');
  if (reader.code() !== COLON) return builder.scalar('', false, position, undefined);
  reader.pos++;
  return readFlowNode(builder).node;
}

function readFlowNode(builder: Builder): KeyNode {
  const { reader } = builder;
  reader.skipToToken('anywhere');
  const properties = readProperties(reader);
  if (properties) reader.skipToToken('anywhere');
  const position = reader.position();
  const code = reader.code();
  switch (code) {
    case OPEN_BRACE:
    case OPEN_BRACKET: {
      const start = builder.size;
      return { node: builder.collection(readFlow(builder), properties, start), bare: false };
    }
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
      return { node: builder.scalar(readQuoted(reader), true, position, properties), bare: false };
    case COMMA:
    case COLON:
    case CLOSE_BRACE:
    case CLOSE_BRACKET:
      return { node: builder.scalar('', false, position, properties), bare: false };
  }
  if (reader.text[reader.pos] === '*') {
    return { node: builder.alias(readName(reader, 'alias'), position), bare: false };
  }
  return readFlowPlain(builder, position, properties);
}

function readFlowPlain(builder: Builder, position: Position, properties: Properties | undefined): KeyNode {
  const { reader } = builder;
  if (Number.isNaN(reader.code())) return { node: builder.scalar('', false, position, properties), bare: false };
  checkPlainStart(reader);
  const text = readPlain(reader, -1, true);
  return { node: builder.scalar(text, false, position, properties), bare: !properties };
}

/** Goes to the next item; says that there is none and steps over the closing character. */
function closes(builder: Builder, closing: number, start: Position): boolean {
  const { reader } = builder;
  reader.skipToToken('anywhere');
  if (reader.atDocumentEnd()) {
    reader.fail(`"${open(closing)}" is never closed`, `add "${String.fromCharCode(closing)}"`, start);
  }
  const code = reader.code();
  if (code === closing) {
    reader.pos++;
    return true;
  }
  if (code === COMMA) reader.fail('a comma without an item before it', 'remove it');
  return false;
}

/** After an item: a comma, or the end. */
function separate(builder: Builder, closing: number, start: Position): void {
  const { reader } = builder;
  reader.skipToToken('anywhere');
  if (reader.code() === COMMA) {
    reader.pos++;
    return;
  }
  if (reader.code() === closing || reader.atDocumentEnd()) return;
  const place = start.line === reader.line ? '' : ` (opened on line ${start.line})`;
  reader.fail(
    `"," or "${String.fromCharCode(closing)}" is missing within "${open(closing)}"${place}`,
    'close it, or quote the value if it is a plain text',
  );
}

function open(closing: number): string {
  return closing === CLOSE_BRACE ? '{' : '[';
}
