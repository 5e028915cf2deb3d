/**
 * A place in a play, in the order in which tasks run: indexes from the play down to the task. What an include brings
 * stands below the include, so it comes after it and before the next task.
 */
export type Path = readonly number[];

export function comparePaths(a: Path, b: Path): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function pathKey(path: Path): string {
  return path.join('.');
}
