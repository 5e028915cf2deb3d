import { search, subn } from '../../template/regex.ts';
import { withoutEnd } from './text.ts';

/** What lineinfile is to do, its texts as they are compared with the file's. */
export interface LineEdit {
  readonly line: string;
  readonly regexp: string | null;
  readonly searchString: string | null;
  readonly insertAfter: string | null;
  readonly insertBefore: string | null;
  readonly backrefs: boolean;
  readonly firstMatch: boolean;
}

export interface LinesEdited {
  readonly lines: readonly string[];
  readonly msg: string;
}

/** Where the line stands already, or the last (first) line that is to be replaced; and where it is to be inserted. */
interface Places {
  readonly found: number;
  /** The line that the pattern found, without which there are no back references. */
  readonly matched: boolean;
  readonly exact: boolean;
  readonly insert: number;
}

/** The lines with `line` among them, as Ansible's rules put it. */
export function ensureLine(lines: readonly string[], edit: LineEdit): LinesEdited {
  const places = findPlaces(lines, edit);
  if (places.found >= 0) return replaceLine(lines, edit, places);
  if (edit.backrefs) return { lines, msg: '' };
  if (edit.insertBefore === 'BOF' || edit.insertAfter === 'BOF') return insertAt(lines, 0, edit.line);
  if (edit.insertAfter === 'EOF' || places.insert < 0) return append(lines, edit.line);
  if (edit.insertAfter !== null) return insertAfter(lines, places.insert, edit.line);
  return insertAt(lines, places.insert, edit.line);
}

function findPlaces(lines: readonly string[], edit: LineEdit): Places {
  const matches = (text: string) =>
    (edit.regexp !== null && search(edit.regexp, text) !== null) ||
    (edit.searchString !== null && text.includes(edit.searchString));
  const found = edit.firstMatch ? lines.findIndex(matches) : lines.findLastIndex(matches);
  if (found >= 0) return { found, matched: true, exact: false, insert: -1 };
  return findInsertion(lines, edit);
}

/** A line that is there already goes before any place to insert it. */
function findInsertion(lines: readonly string[], edit: LineEdit): Places {
  const pattern = insertPattern(edit);
  let exact = -1;
  let insert = -1;
  for (const [index, text] of lines.entries()) {
    if (withoutEnd(text) === edit.line) exact = index;
    else if (pattern !== undefined && search(pattern, text) !== null) {
      insert = edit.insertAfter === null ? index : index + 1;
      if (edit.firstMatch) break;
    }
  }
  return { found: exact, matched: false, exact: exact >= 0, insert };
}

function insertPattern({ insertAfter, insertBefore }: LineEdit): string | undefined {
  if (insertAfter !== null && insertAfter !== 'BOF' && insertAfter !== 'EOF') return insertAfter;
  return insertBefore !== null && insertBefore !== 'BOF' ? insertBefore : undefined;
}

function replaceLine(lines: readonly string[], edit: LineEdit, { found, matched }: Places): LinesEdited {
  const old = lines[found]!;
  const text = edit.backrefs && matched && edit.regexp !== null ? expand(edit.regexp, edit.line, old) : edit.line;
  const line = text.endsWith('\n') ? text : `${text}\n`;
  if (old === line) return { lines, msg: '' };
  return { lines: lines.with(found, line), msg: 'line replaced' };
}

/** What the replacement comes to for the first match in `old`: the match alone, without what is around it. */
function expand(pattern: string, replacement: string, old: string): string {
  const found = search(pattern, old);
  if (!found) return replacement;
  const whole = subn(pattern, replacement, old, 1).text;
  return whole.slice(found.start, whole.length - (old.length - found.end));
}

function insertAt(lines: readonly string[], index: number, line: string): LinesEdited {
  return { lines: lines.toSpliced(index, 0, `${line}\n`), msg: 'line added' };
}

function append(lines: readonly string[], line: string): LinesEdited {
  return { lines: [...ended(lines), `${line}\n`], msg: 'line added' };
}

/** The last line with its end, which it may lack. */
function ended(lines: readonly string[]): string[] {
  const last = lines.at(-1);
  if (last === undefined || /[\r\n]$/.test(last)) return [...lines];
  return lines.with(-1, `${last}\n`);
}

function insertAfter(lines: readonly string[], index: number, line: string): LinesEdited {
  if (index === lines.length) {
    if (withoutEnd(lines.at(-1)!) === line) return { lines, msg: '' };
    return append(lines, line);
  }
  return withoutEnd(lines[index]!) === line ? { lines, msg: '' } : insertAt(lines, index, line);
}

/** The lines without those that match, and how many these were. */
export function dropLines(
  lines: readonly string[],
  edit: { readonly line: string | null; readonly regexp: string | null; readonly searchString: string | null },
): { readonly lines: readonly string[]; readonly found: number } {
  const kept = lines.filter((text) => {
    if (edit.regexp !== null) return search(edit.regexp, text) === null;
    if (edit.searchString !== null) return !text.includes(edit.searchString);
    return withoutEnd(text) !== edit.line;
  });
  return { lines: kept, found: lines.length - kept.length };
}
