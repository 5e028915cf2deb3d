import type { Position } from '../model/source.ts';
import { isBlankOrEnd } from './characters.ts';
import type { Reader } from './reader.ts';
import type { Tag } from './tags.ts';

const NAME = /[0-9A-Za-z_-]+/y;
const TAG = /!(?:<[^>\s]*>|[^\s,[\]{}]*)/y;

/** What may stand before a node: `&anchor` and `!tag`, in any order. */
export interface Properties {
  readonly position: Position;
  readonly anchor?: string | undefined;
  readonly tag?: Tag | undefined;
}

/** Reads anchor and tag, if there are any, and the blanks behind them. */
export function readProperties(reader: Reader): Properties | undefined {
  const position = reader.position();
  let anchor: string | undefined;
  let tag: Tag | undefined;
  for (;;) {
    const mark = reader.text[reader.pos];
    if (mark === '&' && anchor === undefined) anchor = readName(reader, 'anchor');
    else if (mark === '!' && !tag) tag = readTag(reader);
    else break;
    while (reader.text[reader.pos] === ' ' || reader.text[reader.pos] === '\t') reader.pos++;
  }
  return anchor === undefined && !tag ? undefined : { position, anchor, tag };
}

/** Reads `&name` or `*name`, and gives the name. */
export function readName(reader: Reader, kind: 'anchor' | 'alias'): string {
  const at = reader.position();
  NAME.lastIndex = reader.pos + 1;
  const name = NAME.exec(reader.text)?.[0];
  const next = name === undefined ? Number.NaN : reader.code(1 + name.length);
  const ends = isBlankOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next));
  if (name === undefined || !ends) {
    const mark = kind === 'anchor' ? '&' : '*';
    reader.fail(`"${mark}" begins an ${kind}, and no name of one follows`, 'quote the value', at);
  }
  reader.pos += 1 + name.length;
  return name;
}

function readTag(reader: Reader): Tag {
  const position = reader.position();
  TAG.lastIndex = reader.pos;
  const text = TAG.exec(reader.text)![0];
  reader.pos += text.length;
  if (!isBlankOrEnd(reader.code()) && !',]}'.includes(reader.text[reader.pos]!)) {
    reader.fail(`no white space after the tag "${text}"`, 'quote the value if it is a plain text', position);
  }
  return { text, position };
}
