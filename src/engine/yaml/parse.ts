import { TsplayError } from '../model/errors.ts';
import { readDocument } from './block.ts';
import { Builder } from './builder.ts';
import type { DuplicateKey } from './entries.ts';
import { Reader } from './reader.ts';
import type { YamlNode } from './types.ts';

// What may stand before a document: its version, and short names of tags.
const DIRECTIVE = /^%(?:YAML\s+\d+\.\d+|TAG\s)/;

export interface YamlOptions {
  /** Called for each key that stands twice in one mapping; without it the last one wins silently. */
  readonly onDuplicate?: ((duplicate: DuplicateKey) => void) | undefined;
}

/**
 * The node of a text that holds one YAML document; undefined if it is empty.
 * Throws TsplayError of kind `parse`, with the place and what to do.
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): YamlNode | undefined {
  try {
    return parseOne(text, file, options);
  } catch (error) {
    throw file.endsWith('.json') ? withJsonError(error, text) : error;
  }
}

/** JSON is read as the YAML that it is; who writes JSON is told what a reader of JSON says. */
function withJsonError(error: unknown, text: string): unknown {
  if (!(error instanceof TsplayError)) return error;
  try {
    JSON.parse(text);
  } catch (cause) {
    const { kind, message, position, hint } = error;
    return new TsplayError(kind, `${message} (JSON: ${(cause as Error).message})`, { position, hint, cause: error });
  }
  return error;
}

function parseOne(text: string, file: string, options: YamlOptions): YamlNode | undefined {
  const reader = new Reader(text, file);
  const node = readNext(reader, options);
  if (!node) return undefined;
  reader.skipToToken('nowhere');
  const position = reader.position();
  if (startDocument(reader)) {
    reader.fail(
      'a second document begins here, where one is expected',
      'remove this line, or split the file',
      position,
    );
  }
  return node.kind === 'scalar' && node.value === null && !node.quoted ? undefined : node;
}

/** The nodes of all documents of a text; an empty document between others is a null scalar. */
export function parseYamlAll(text: string, file: string, options: YamlOptions = {}): YamlNode[] {
  const reader = new Reader(text, file);
  const nodes: YamlNode[] = [];
  for (;;) {
    const node = readNext(reader, options);
    if (!node) return nodes;
    nodes.push(node);
  }
}

/** Decodes the bytes of a file. Throws TsplayError at the first byte that is no UTF-8. */
export function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    // The loose decoder puts a replacement where the bytes go wrong.
    const before = new TextDecoder().decode(bytes).split('\ufffd', 1)[0]!;
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    const position = { file, line, column };
    throw new TsplayError('parse', 'the file is not valid UTF-8', { position, hint: 'save it as UTF-8', cause });
  }
}

function readNext(reader: Reader, options: YamlOptions): YamlNode | undefined {
  reader.skipToToken('nowhere');
  if (!startDocument(reader)) return undefined;
  return readDocument(new Builder(reader, options.onDuplicate));
}

/** Goes to the start of the next document, past `%` lines, `...` and `---`; says whether there is one. */
function startDocument(reader: Reader): boolean {
  for (;;) {
    if (reader.pos >= reader.text.length) return false;
    const atStart = reader.pos === reader.lineStart;
    if (atStart && reader.text[reader.pos] === '%') {
      if (!DIRECTIVE.test(reader.text.slice(reader.pos, reader.pos + 80))) {
        reader.fail('a line may not begin with "%"', 'quote the value if it is a plain text');
      }
      const end = reader.text.indexOf('\n', reader.pos);
      reader.pos = end < 0 ? reader.text.length : end;
    } else if (atStart && reader.atDocumentMarker()) {
      const opens = reader.text[reader.pos] === '-';
      reader.pos += 3;
      if (opens) return true;
    } else {
      return true;
    }
    reader.skipToToken('nowhere');
  }
}
