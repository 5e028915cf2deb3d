/** A file name pattern (`*`, `?`, `[seq]`, `[!seq]`) as a regular expression over the whole name. */
export function patternRegex(pattern: string): RegExp {
  let text = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '*') text += '.*';
    else if (char === '?') text += '.';
    else if (char === '[') {
      const end = setEnd(pattern, at);
      text += end < 0 ? '\\[' : setRegex(pattern.slice(at + 1, end));
      if (end >= 0) at = end;
    } else text += char.replace(/[\\^$.|?*+(){}[\]/]/, '\\$&');
  }
  return new RegExp(`^(?:${text})$`, 's');
}

/** A `]` that comes first belongs to the set. */
function setEnd(pattern: string, start: number): number {
  const first = pattern[start + 1] === '!' ? start + 2 : start + 1;
  return pattern.indexOf(']', first + 1);
}

function setRegex(members: string): string {
  const negated = members.startsWith('!');
  const plain = (negated ? members.slice(1) : members).replaceAll(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${plain}]`;
}
