/** Compares two Debian versions as dpkg does: negative if `a` is the older, 0 if they are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return (
    left.epoch - right.epoch || comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision)
  );
}

function split(version: string): { epoch: number; upstream: string; revision: string } {
  const [, epoch, rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version.trim()) ?? [];
  const at = rest.lastIndexOf('-');
  return {
    epoch: Number(epoch ?? 0),
    upstream: at < 0 ? rest : rest.slice(0, at),
    revision: at < 0 ? '' : rest.slice(at + 1),
  };
}

/** Runs of other characters and runs of digits, by turns. */
function comparePart(a: string, b: string): number {
  const [left, right]: [string[], string[]] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  if (/^\d/.test(left[0] ?? '')) left.unshift('');
  if (/^\d/.test(right[0] ?? '')) right.unshift('');
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one = '', other = ''] = [left[index], right[index]];
    const result = index % 2 === 0 ? compareText(one, other) : Number(one) - Number(other);
    if (result !== 0) return result;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = weight(a[index]) - weight(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

// a tilde sorts before the end, letters before all other characters
function weight(char: string | undefined): number {
  if (char === '~') return -1;
  if (char === undefined) return 0;
  return /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256;
}
