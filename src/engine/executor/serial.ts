import { TsplayError } from '../model/errors.ts';
import { OMIT, type Value } from '../model/value.ts';

/** Cuts hosts into batches: a number, a percentage, or a list of them of which the last repeats. */
export function batches(hosts: readonly string[], serial: Value | undefined): string[][] {
  const given = (Array.isArray(serial) ? serial : [serial ?? 0]).filter((size) => size !== OMIT);
  const sizes = given.map((size) => batchSize(size, hosts.length));
  const rest = [...hosts];
  const cut: string[][] = [];
  for (let turn = 0; rest.length > 0; turn++) {
    const size = sizes[Math.min(turn, sizes.length - 1)] ?? 0;
    cut.push(rest.splice(0, size > 0 ? size : rest.length));
  }
  return cut;
}

function batchSize(size: Value, total: number): number {
  const text = String(size ?? 0).trim();
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent) return Math.max(1, Math.floor((Number(percent[1]) / 100) * total));
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new TsplayError('parse', `serial must be a number or a percentage, not '${text}'`);
}
