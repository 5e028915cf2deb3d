/** The name among `known` that `wrong` was probably meant to be, if one is close. */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  const limit = wrong.length < 4 ? 1 : 2;
  let best: string | undefined;
  let least = limit + 1;
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) > limit || name === wrong) continue;
    const far = distance(wrong, name, least);
    if (far < least) [best, least] = [name, far];
  }
  return best;
}

/** `did you mean "x"?`, or undefined. */
export function didYouMean(wrong: string, known: Iterable<string>): string | undefined {
  const name = nearest(wrong, known);
  return name === undefined ? undefined : `did you mean "${name}"?`;
}

/** How many letters to insert, drop, change or swap; counting stops at `limit`. */
function distance(a: string, b: string, limit: number): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) >= limit) return limit;
    [before, row] = [row, next];
  }
  return row[b.length] ?? limit;
}
