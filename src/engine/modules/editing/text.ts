/**
 * A file's text for editing. Bytes that are no UTF-8 must come back as they were, so such a file is edited byte by
 * byte; the task's own texts then have to be `given` as bytes too.
 */
export interface EditableText {
  readonly text: string;
  given(text: string): string;
  encode(text: string): Buffer;
}

export function decodeText(content: Buffer): EditableText {
  const text = content.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(content)) {
    return { text, given: (given) => given, encode: (edited) => Buffer.from(edited, 'utf8') };
  }
  return {
    text: content.toString('latin1'),
    given: (given) => Buffer.from(given, 'utf8').toString('latin1'),
    encode: (edited) => Buffer.from(edited, 'latin1'),
  };
}

/** Lines with their ends, as Python reads them from a file. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

export function withoutEnd(line: string): string {
  return line.replace(/[\r\n]+$/, '');
}
