import { type Dict, dict, type Value } from '../../../model/value.ts';
import { type Gathered, lines } from '../gathered.ts';

const options = '--noheadings --nosuffix --units g --separator ,';

export const lvmScript = `if command -v vgs >/dev/null; then section lvm; [ "$(id -u)" != 0 ] || {
section vgs; vgs ${options} 2>/dev/null; section lvs; lvs ${options} 2>/dev/null; section pvs; pvs ${options} 2>/dev/null; }; fi`;

/** Volume groups, logical and physical volumes; only root is told. Undefined where root was not asked. */
export function lvmFacts(host: Gathered): Value | undefined {
  if (host.section('lvm') === undefined) return 'N/A';
  if (host.section('vgs') === undefined) return undefined;
  return dict({
    lvs: table(host, 'lvs', (row) => ({ size_g: row[3]!, vg: row[1]! })),
    vgs: table(host, 'vgs', (row) => ({
      size_g: row.at(-2)!,
      free_g: row.at(-1)!,
      num_lvs: row[2]!,
      num_pvs: row[1]!,
    })),
    pvs: table(host, 'pvs', (row) => ({ size_g: row[4]!, free_g: row[5]!, vg: row[1]! })),
  });
}

function table(host: Gathered, section: string, read: (row: string[]) => Record<string, string>): Dict {
  const rows = lines(host.section(section)).map((line) => line.trim().split(','));
  return new Map(rows.map((row) => [row[0]!, dict(read(row))]));
}
