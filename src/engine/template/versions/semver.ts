import { fail } from '../values.ts';

const NUMBER = '(?:0|[1-9]\\d*)';
const PRERELEASE = `(?:${NUMBER}|\\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const SEMVER = new RegExp(
  `^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${PRERELEASE}(?:\\.${PRERELEASE})*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);

/** Orders two versions by Semantic Versioning 2.0.0; build metadata does not count. Throws for other forms. */
export function compareSemver(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  for (const [index, number] of left.core.entries()) {
    const difference = number - right.core[index]!;
    if (difference !== 0) return difference;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return right.prerelease.length - left.prerelease.length;
  return comparePrerelease(left.prerelease, right.prerelease);
}

function parse(version: string): { core: number[]; prerelease: string[] } {
  const found = SEMVER.exec(version);
  if (!found) return fail(`invalid semantic version '${version}'`);
  return { core: found.slice(1, 4).map(Number), prerelease: found[4]?.split('.') ?? [] };
}

/** Numbers come before words. */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    const numbers = [left, right].map((part) => /^\d+$/.test(part));
    if (numbers[0] && numbers[1]) return Number(left) - Number(right);
    if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
