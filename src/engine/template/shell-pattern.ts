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
  const characters = [...(negated ? members.slice(1) : members)];
  const set: string[] = [];
  for (let at = 0; at < characters.length; at++) {
    const from = characters[at]!;
    const to = characters[at + 1] === '-' ? characters[at + 2] : undefined;
    if (to === undefined) {
      set.push(inSet(from));
      continue;
    }
    // A range whose ends stand in the wrong order holds nothing.
    if (from.codePointAt(0)! <= to.codePointAt(0)!) set.push(`${inSet(from)}-${inSet(to)}`);
    at += 2;
  }
  if (set.length === 0) return negated ? '.' : '(?!)';
  return `[${negated ? '^' : ''}${set.join('')}]`;
}

function inSet(character: string): string {
  return character.replace(/[\\[\]^-]/, '\\$&');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
