import { search } from '../../template/regex.ts';

/** What blockinfile is to do, its texts as they are compared with the file's. */
export interface BlockEdit {
  /** Empty to have none. */
  readonly block: string;
  /** Lines around the block, without their ends. */
  readonly begin: string;
  readonly end: string;
  readonly insertAfter: string | null;
  readonly insertBefore: string | null;
  readonly appendNewline: boolean;
  readonly prependNewline: boolean;
}

/** The text with the block in it, in the place of the one that was there. */
export function ensureBlock(text: string, edit: BlockEdit, present: boolean): string {
  const inner = edit.block === '' || edit.block.endsWith('\n') ? edit.block : `${edit.block}\n`;
  const blockLines = present && inner !== '' ? [`${edit.begin}\n`, ...split(inner), `${edit.end}\n`] : [];
  const { lines, at } = makeRoom(split(text), text, edit);
  return insertBlock(lines, at, blockLines, edit, present).join('');
}

/** Lines with their ends; a lone carriage return ends a line too. */
function split(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n|\r(?!\n))/);
}

/** Takes the old block out; `at` is where it was, or where the new one goes. */
function makeRoom(lines: string[], text: string, edit: BlockEdit): { lines: string[]; at: number } {
  const begin = lines.lastIndexOf(`${edit.begin}\n`);
  const end = lines.lastIndexOf(`${edit.end}\n`);
  if (begin < 0 || end < 0) return { lines, at: insertion(lines, text, edit) };
  const [first, last] = begin < end ? [begin, end] : [end, begin];
  return { lines: lines.toSpliced(first, last - first + 1), at: first };
}

function insertion(lines: readonly string[], text: string, { insertAfter, insertBefore }: BlockEdit): number {
  const after = insertAfter ?? (insertBefore === null ? 'EOF' : null);
  const pattern =
    after !== null && after !== 'EOF' ? after : insertBefore !== null && insertBefore !== 'BOF' ? insertBefore : null;
  if (pattern === null) return insertBefore !== null && after === null ? 0 : lines.length;
  const found = multiline(pattern)
    ? lineOfMatch(text, pattern, after !== null)
    : lines.findLastIndex((line) => search(pattern, line) !== null);
  if (found < 0) return lines.length;
  return after === null ? found : found + 1;
}

/** `(?m)` makes the pattern one for the whole text. */
function multiline(pattern: string): boolean {
  return /^\(\?[a-ln-z]*m/.test(pattern);
}

function lineOfMatch(text: string, pattern: string, atEnd: boolean): number {
  const found = search(pattern, text);
  if (!found) return -1;
  return text.slice(0, atEnd ? found.end : found.start).split('\n').length - 1;
}

function insertBlock(
  lines: readonly string[],
  at: number,
  block: readonly string[],
  edit: BlockEdit,
  present: boolean,
): string[] {
  const before = lines.slice(0, at);
  const after = lines.slice(at);
  const last = before.at(-1);
  if (last !== undefined && !last.endsWith('\n')) before[before.length - 1] = `${last}\n`;
  const gapBefore = edit.prependNewline && present && before.length > 0 && before.at(-1) !== '\n';
  const gapAfter = edit.appendNewline && present && after.length > 0 && after[0] !== '\n';
  return [...before, ...(gapBefore ? ['\n'] : []), ...block, ...(gapAfter ? ['\n'] : []), ...after];
}
