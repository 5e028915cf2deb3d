import type { Value } from '../../model/value.ts';
import { compare, fail } from '../values.ts';

const PEP440 =
  /^\s*v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)(?:[-_.]?(?<phase>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<serial>\d*))?(?:-(?<implicit>\d+)|[-_.]?(?<posted>post|rev|r)[-_.]?(?<post>\d*))?(?:[-_.]?(?<developed>dev)[-_.]?(?<dev>\d*))?(?:\+(?<local>[a-z\d]+(?:[-_.][a-z\d]+)*))?\s*$/i;
const PHASES: Readonly<Record<string, number>> = { alpha: 1, a: 1, beta: 2, b: 2, c: 3, rc: 3, pre: 3, preview: 3 };
const FIRST = Number.NEGATIVE_INFINITY;
const LAST = Number.POSITIVE_INFINITY;

/** Orders two versions of Python packages (PEP 440). Throws for other forms. */
export function comparePep440(a: string, b: string): number {
  return compare(sortKey(a), sortKey(b));
}

function sortKey(version: string): Value[] {
  const groups = PEP440.exec(version)?.groups;
  if (!groups) return fail(`Invalid version: '${version}'`);
  const phase = groups['phase']?.toLowerCase();
  const isPost = groups['implicit'] !== undefined || groups['posted'] !== undefined;
  const isDev = groups['developed'] !== undefined;
  // 1.0.dev1 stands before 1.0a1, though both are before 1.0.
  const unphased = isDev && !isPost ? FIRST : LAST;
  return [
    Number(groups['epoch'] ?? 0),
    groups['release']!.replace(/(?:\.0+)+$/, '')
      .split('.')
      .map(Number),
    phase === undefined ? [unphased] : [PHASES[phase]!, Number(groups['serial'] || 0)],
    isPost ? Number(groups['implicit'] ?? (groups['post'] || 0)) : FIRST,
    isDev ? Number(groups['dev'] || 0) : LAST,
    localKey(groups['local']),
  ];
}

/** Words stand before numbers; a version without a local part before all that have one. */
function localKey(local: string | undefined): Value[] {
  const parts = local?.toLowerCase().split(/[-_.]/) ?? [];
  return parts.map((part) => (/^\d+$/.test(part) ? [Number(part), ''] : [FIRST, part]));
}
