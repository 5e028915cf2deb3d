/** Prints a float as Python's repr does: shortest digits, `2.0`, `1e+16`, `1e-05`, `inf`. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 ? '-' : '';
  const exponent = Number(power);
  const digits = mantissa.replace('.', '');
  if (exponent < -4 || exponent >= 16) return `${sign}${mantissa}e${exponentText(exponent)}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** Python writes at least two digits of an exponent, with its sign. */
export function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Fixed decimals, an exact tie going to the even digit (JS rounds it up). */
export function toFixedEven(value: number, digits: number): string {
  const places = Math.min(digits, 100);
  const rounded = Math.abs(value) >= 1e21 ? BigInt(value).toString() + fraction(places) : value.toFixed(places);
  const padded = digits > places ? rounded + '0'.repeat(digits - places) : rounded;
  if (places >= 100 || Math.abs(value) >= 1e21) return padded;
  const exact = value.toFixed(100);
  const tail = exact.slice(exact.length - 100 + places);
  if (!/^50*$/.test(tail)) return padded;
  const cut = exact.slice(0, exact.length - 100 + places).replace(/\.$/, '');
  return /[02468]$/.test(cut) ? cut : padded;
}

function fraction(places: number): string {
  return places === 0 ? '' : `.${'0'.repeat(places)}`;
}

/** Rounds as Python's `round(value, digits)`: half to even on the exact binary value. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  if (digits >= 0) return digits > 22 ? value : Number(toFixedEven(value, digits));
  const scale = 10 ** -digits;
  return Number(toFixedEven(value / scale, 0)) * scale;
}
