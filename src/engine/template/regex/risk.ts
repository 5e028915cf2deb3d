/**
 * True when a pattern may take exponential or high polynomial time: a repetition within a repetition, alternatives
 * or a reference within one, or several open repetitions. A rough reading that errs on the safe side; what is risky
 * still runs, but under a timer.
 */
export function isRisky(pattern: string): boolean {
  const bare = pattern.replace(/\\[\s\S]/g, 'e').replace(/\[(?:[^\]]+)\]/g, 'c');
  if (/\\[1-9]/.test(pattern)) return true;
  const unbounded = bare.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0;
  if (unbounded > 2) return true;
  return unbounded > 0 && repeatsGroup(bare);
}

/** A group with a repetition or alternatives in it that is itself repeated. */
function repeatsGroup(bare: string): boolean {
  const open: number[] = [];
  for (let at = 0; at < bare.length; at++) {
    if (bare[at] === '(') open.push(at);
    if (bare[at] !== ')') continue;
    const inner = bare.slice((open.pop() ?? 0) + 1, at);
    if (/^[*+{]/.test(bare.slice(at + 1)) && /[*+{|?]/.test(inner.replace(/^\?[:=!<]*/, ''))) return true;
  }
  return false;
}
