import { linesOf } from '../text-file.ts';

/** A line of sources.list(5). */
export interface SourceLine {
  /** It names a repository, switched on or commented out. */
  readonly valid: boolean;
  readonly enabled: boolean;
  /** Blanks made single, where it is valid. */
  readonly source: string;
  readonly comment: string;
}

export function parseSource(line: string): SourceLine {
  const text = line.trim();
  const enabled = !text.startsWith('#');
  const bare = enabled ? text : text.slice(1);
  const at = bare.indexOf('#');
  const source = (at > 0 ? bare.slice(0, at) : bare).trim();
  const comment = at > 0 ? bare.slice(at + 1).trim() : '';
  const words = source.split(/\s+/);
  const valid = words[0] === 'deb' || words[0] === 'deb-src';
  return { valid, enabled, source: valid ? words.join(' ') : source, comment };
}

function lineText({ enabled, source, comment }: SourceLine): string {
  return `${enabled ? '' : '# '}${source}${comment ? ` # ${comment}` : ''}`;
}

/** The text with the repository switched on where it stands commented out; undefined where it does not stand at all. */
export function enabledIn(text: string, source: string): string | undefined {
  const lines = linesOf(text);
  if (!lines.some((line) => isSource(parseSource(line), source))) return undefined;
  const changed = lines.map((line) => {
    const parsed = parseSource(line);
    return isSource(parsed, source) && !parsed.enabled ? lineText({ ...parsed, enabled: true }) : line;
  });
  return changed.map((line) => `${line}\n`).join('');
}

/** The text without the repository, where it is switched on; undefined where it is not. */
export function removedFrom(text: string, source: string): string | undefined {
  const lines = linesOf(text);
  const kept = lines.filter((line) => {
    const parsed = parseSource(line);
    return !(isSource(parsed, source) && parsed.enabled);
  });
  return kept.length === lines.length ? undefined : kept.map((line) => `${line}\n`).join('');
}

function isSource(line: SourceLine, source: string): boolean {
  return line.valid && line.source === source;
}

/** A file name for a repository, from its address without protocol, user and password. */
export function fileNameFor(source: string): string {
  const plain = source.replace(/\[[^\]]+\]/g, '').replace(/\w+:\/\//g, '');
  const address =
    plain.split(/\s+/).find((word) => word !== '' && word !== 'deb' && word !== 'deb-src') ?? 'repository';
  const bare = address.includes('@') ? address.slice(address.indexOf('@') + 1) : address;
  return `${(bare.match(/[a-zA-Z0-9]+/g) ?? []).join('_')}.list`;
}
