/** The name most like a wrong one, or undefined if none comes near: for "did you mean". */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(wrong.length / 3));
  let best: string | undefined;
  let least = allowed + 1;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= least) continue;
    const distance = editDistance(wrong, name);
    if (distance < least) {
      best = name;
      least = distance;
    }
  }
  return best;
}

/** Number of letters to insert, drop, replace or swap with their neighbour. */
function editDistance(from: string, to: string): number {
  let older: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replace = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, replace);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
    }
    older = last;
    last = row;
  }
  return last[to.length]!;
}
