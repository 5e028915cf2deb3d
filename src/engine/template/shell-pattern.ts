/**
 * A shell's pattern as a regular expression for a whole text, as Python's fnmatch reads it: `*` any text, `?` any
 * character, `[a-z]` one of these, `[!a-z]` none of these. All other characters stand for themselves, also a `[` that
 * is never closed. Runs of `*` count once; what is left cannot nest, so that a match costs little.
 */
export function shellPattern(pattern: string): RegExp {
  const source = pattern.replace(/\[!?\]?[^\]]*\]|\*+|[\s\S]/gu, (piece) => {
    if (piece.startsWith('*')) return '.*';
    if (piece === '?') return '.';
    const isSet = piece.startsWith('[') && piece.length > 2 && piece !== '[!]';
    return isSet ? oneOf(piece.slice(1, -1)) : escaped(piece);
  });
  return new RegExp(`^${source}$`, 'su');
}

function oneOf(members: string): string {
  const negated = members.startsWith('!');
  const set = (negated ? members.slice(1) : members)
    // A range whose ends stand in the wrong order holds nothing.
    .replace(/(.)-(.)/gsu, (range, from: string, to: string) => (from > to ? '' : range))
    .replace(/[\\[\]^]/g, '\\$&');
  if (set === '') return negated ? '.' : '(?!)';
  // A hyphen at an end is a hyphen.
  return `[${negated ? '^' : ''}${set.replace(/^-|-$/g, '\\-')}]`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
