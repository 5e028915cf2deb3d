import { structuredPatch } from 'diff';

/** Beyond this a diff helps nobody, and its computation may take long. */
const LARGEST = 2_000_000;

/** Hunks of a unified diff, line by line, without file headers; `context` lines around what differs. */
export function unifiedDiff(before: string, after: string, context = 3): string[] {
  if (before.length + after.length > LARGEST) return ['(the files differ; too large to show the difference)'];
  const patch = structuredPatch('', '', before, after, '', '', { context });
  return patch.hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
}

/** As Python's difflib: a single line has no count, an empty range starts one line before. */
function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return count === 0 ? `${start - (start > 0 ? 1 : 0)},0` : `${start},${count}`;
}
