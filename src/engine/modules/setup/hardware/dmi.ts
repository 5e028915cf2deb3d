import type { Facts } from '../collector.ts';
import { type Gathered, lines } from '../gathered.ts';

export const dmiFolder = '/sys/devices/virtual/dmi/id/';

/** Fact, file of the kernel, keyword of dmidecode. */
const fields: readonly (readonly [fact: string, file: string, keyword: string])[] = [
  ['bios_date', 'bios_date', 'bios-release-date'],
  ['bios_vendor', 'bios_vendor', 'bios-vendor'],
  ['bios_version', 'bios_version', 'bios-version'],
  ['board_asset_tag', 'board_asset_tag', 'baseboard-asset-tag'],
  ['board_name', 'board_name', 'baseboard-product-name'],
  ['board_serial', 'board_serial', 'baseboard-serial-number'],
  ['board_vendor', 'board_vendor', 'baseboard-manufacturer'],
  ['board_version', 'board_version', 'baseboard-version'],
  ['chassis_asset_tag', 'chassis_asset_tag', 'chassis-asset-tag'],
  ['chassis_serial', 'chassis_serial', 'chassis-serial-number'],
  ['chassis_vendor', 'chassis_vendor', 'chassis-manufacturer'],
  ['chassis_version', 'chassis_version', 'chassis-version'],
  ['form_factor', 'chassis_type', 'chassis-type'],
  ['product_name', 'product_name', 'system-product-name'],
  ['product_serial', 'product_serial', 'system-serial-number'],
  ['product_uuid', 'product_uuid', 'system-uuid'],
  ['product_version', 'product_version', 'system-version'],
  ['system_vendor', 'sys_vendor', 'system-manufacturer'],
];

/** Chassis types by number, as the DMI specification lists them. */
const formFactors = [
  'Unknown',
  'Other',
  'Unknown',
  'Desktop',
  'Low Profile Desktop',
  'Pizza Box',
  'Mini Tower',
  'Tower',
  'Portable',
  'Laptop',
  'Notebook',
  'Hand Held',
  'Docking Station',
  'All In One',
  'Sub Notebook',
  'Space-saving',
  'Lunch Box',
  'Main Server Chassis',
  'Expansion Chassis',
  'Sub Chassis',
  'Bus Expansion Chassis',
  'Peripheral Chassis',
  'RAID Chassis',
  'Rack Mount Chassis',
  'Sealed-case PC',
  'Multi-system',
  'CompactPCI',
  'AdvancedTCA',
  'Blade',
  'Blade Enclosure',
  'Tablet',
  'Convertible',
  'Detachable',
  'IoT Gateway',
  'Embedded PC',
  'Mini PC',
  'Stick PC',
];

export const dmiFiles: readonly string[] = fields.map(([, file]) => `${dmiFolder}${file}`);

// dmidecode reads the memory of the machine: only where the kernel does not tell
export const dmiScript = `if [ ! -e ${dmiFolder}product_name ] && command -v dmidecode >/dev/null; then
for k in ${fields.map(([, , keyword]) => keyword).join(' ')}; do section "dmi $k"; dmidecode -s $k 2>/dev/null; done; fi`;

/** Names of the machine's maker, board and case; `NA` where it has none. */
export function dmiFacts(host: Gathered): Facts {
  const told = host.hasFile(`${dmiFolder}product_name`);
  const facts: Facts = {};
  for (const [fact, file, keyword] of fields) {
    const value = told ? host.file(`${dmiFolder}${file}`) : decoded(host, keyword);
    facts[fact] = value === undefined ? 'NA' : fact === 'form_factor' && told ? formFactor(value) : value;
  }
  return { ...facts, ...sysinfoFacts(host) };
}

function decoded(host: Gathered, keyword: string): string | undefined {
  const text = host.section(`dmi ${keyword}`);
  return text === undefined
    ? undefined
    : lines(text)
        .filter((line) => !line.startsWith('#'))
        .join('') || undefined;
}

function formFactor(number: string): string {
  return formFactors[Number(number)] ?? `unknown (${number})`;
}

const sysinfo: readonly (readonly [RegExp, string])[] = [
  [/^Manufacturer:\s+(.+)$/m, 'system_vendor'],
  [/^Type:\s+(.+)$/m, 'product_name'],
  [/^Sequence Code:\s+0+(.+)$/m, 'product_serial'],
];

/** IBM Z tells these in /proc/sysinfo. */
function sysinfoFacts(host: Gathered): Facts {
  const text = host.file('/proc/sysinfo');
  if (text === undefined) return {};
  const found = sysinfo.map(([pattern, name]) => [name, pattern.exec(text)?.[1] ?? 'NA'] as const);
  return { product_version: 'NA', product_uuid: 'NA', ...Object.fromEntries(found) };
}
