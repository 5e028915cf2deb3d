const powers = ['B', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

/**
 * Reads `10`, `10k`, `1.5 GB` (`1.5 Gb` when bits are wanted) as a number of bytes (bits). Units count in 1024.
 * Undefined if it is no size.
 */
export function parseSize(text: string, bits: boolean): number | undefined {
  const [, digits, unit = 'B'] = /^\s*(\d*\.?\d+)(?:\s*([A-Za-z]+))?\s*$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const power = powers.indexOf(unit.charAt(0).toUpperCase());
  if (power < 0 || !isUnit(unit, bits)) return undefined;
  return Math.round(Number(digits) * 1024 ** power);
}

/** `k`, `KB`/`Kb` and the long words; `B` is bytes and `b` bits, so that one is not taken for the other. */
function isUnit(unit: string, bits: boolean): boolean {
  if (unit.length === 1) return true;
  const short = bits ? 'b' : 'B';
  const word = bits ? 'bit' : 'byte';
  if (unit.length === 2 && unit.endsWith(short)) return true;
  return unit.toLowerCase().includes(word);
}
