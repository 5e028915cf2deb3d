/** A size as it is asked for: an amount, or a part of what there is. */
export interface Size {
  readonly sign: '' | '+' | '-';
  /** In bytes, or percent of `of`. */
  readonly amount: number;
  readonly of: 'VG' | 'PVS' | 'FREE' | undefined;
  /** As LVM takes it, without the sign: `10g`, `50%FREE`. */
  readonly text: string;
}

/** Bytes in a unit: small letters are powers of 1024, capitals of 1000; `s` is a sector. */
function unitBytes(unit: string): number {
  const lower = unit.toLowerCase();
  if (lower === 'b') return 1;
  if (lower === 's') return 512;
  return (unit === lower ? 1024 : 1000) ** ('kmgtpe'.indexOf(lower) + 1);
}

/** Reads `10g`, `+512`, `100%FREE`. A text instead of a size says what is wrong. */
export function readSize(written: string): Size | string {
  const sign = /^[+-]/.exec(written)?.[0] as '+' | '-' | undefined;
  const text = sign ? written.slice(1) : written;
  const [, percent, whole = ''] = /^(\d+)%(.*)$/.exec(text) ?? [];
  if (percent !== undefined) {
    if (Number(percent) > 100) return 'Size percentage cannot be larger than 100%';
    if (whole === 'ORIGIN') return 'Snapshot Volumes are not supported';
    if (whole !== 'VG' && whole !== 'PVS' && whole !== 'FREE') return 'Specify extents as a percentage of VG|PVS|FREE';
    return { sign: sign ?? '', amount: Number(percent), of: whole, text };
  }
  const [, amount, unit = ''] = /^(\d+(?:\.\d*)?)([bskmgtpe]?)$/i.exec(text) ?? [];
  if (amount === undefined) return `Bad size specification of '${text}'`;
  const known = unit || 'm';
  return { sign: sign ?? '', amount: Number(amount) * unitBytes(known), of: undefined, text: `${amount}${known}` };
}

/** In bytes, in whole extents where it is a part. */
export function targetSize(
  size: Size,
  current: number,
  group: { readonly size: number; readonly free: number; readonly extent: number },
): number {
  const asked =
    size.of === undefined ? size.amount : (size.amount * (size.of === 'FREE' ? group.free : group.size)) / 100;
  const target = size.sign === '+' ? current + asked : size.sign === '-' ? current - asked : asked;
  return size.of === undefined ? target : target - (target % group.extent);
}
