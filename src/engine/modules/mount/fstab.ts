import { linesOf } from '../text-file.ts';

/** One file system of fstab(5), unescaped. */
export interface FstabEntry {
  readonly src: string;
  readonly path: string;
  readonly fstype: string;
  readonly opts: string;
  readonly dump: string;
  readonly passno: string;
}

function escapeField(text: string): string {
  return text.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('&', '\\046');
}

function lineOf(entry: FstabEntry): string {
  const { src, path, fstype, opts, dump, passno } = entry;
  return [src, path, fstype, opts, dump, passno].map(escapeField).join(' ');
}

/** The line's fields if it is the entry's: by its mount point, for swap by its device. */
function fieldsFor(line: string, path: string, src: string | null): string[] | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const fields = line.trim().split(/\s+/);
  if (fields.length < 4 || fields.length > 6) return undefined;
  const [device, where, fstype] = fields;
  if (where !== escapeField(path)) return undefined;
  const otherSwap = where === 'none' && fstype === 'swap' && src !== null && device !== src;
  return otherSwap ? undefined : fields;
}

/** The text with the entry; undefined if it has it already. */
export function withEntry(text: string, entry: FstabEntry): string | undefined {
  let found = false;
  let changed = false;
  const wanted = [entry.src, entry.path, entry.fstype, entry.opts, entry.dump, entry.passno].map(escapeField);
  const lines = linesOf(text).map((line) => {
    const fields = fieldsFor(line, entry.path, entry.src);
    if (!fields) return line;
    found = true;
    const [dump = '0', passno = '0'] = fields.slice(4);
    if ([...fields.slice(0, 4), dump, passno].every((field, index) => field === wanted[index])) return line;
    changed = true;
    return lineOf(entry);
  });
  if (!found) lines.push(lineOf(entry));
  return found && !changed ? undefined : lines.map((line) => `${line}\n`).join('');
}

/** The text without the mount point; undefined if it has none. */
export function withoutEntry(text: string, path: string, src: string | null): string | undefined {
  const lines = linesOf(text);
  const kept = lines.filter((line) => !fieldsFor(line, path, src));
  return kept.length === lines.length ? undefined : kept.map((line) => `${line}\n`).join('');
}
