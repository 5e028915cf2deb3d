import { dict } from '../../../model/value.ts';
import type { Facts } from '../collector.ts';
import { words } from '../gathered.ts';

export interface Ipv4 {
  readonly address: string;
  readonly broadcast: string;
  readonly netmask: string;
  readonly network: string;
  /** Bits, as text. */
  readonly prefix: string;
  /** The interface, or the label of an address that has one. */
  readonly label: string;
  readonly device: string;
}

export interface Ipv6 {
  readonly address: string;
  readonly prefix: string;
  readonly scope: string;
  readonly device: string;
}

export interface Addresses {
  readonly ipv4: readonly Ipv4[];
  readonly ipv6: readonly Ipv6[];
  /** `ipv4`, `ipv4_secondaries` and `ipv6` by interface or label. */
  readonly byInterface: ReadonlyMap<string, Facts>;
}

/** Reads `ip addr show`. Secondary addresses come after the primary ones. */
export function parseAddresses(text: string): Addresses {
  const ipv4: (Ipv4 & { secondary: boolean })[] = [];
  const ipv6: Ipv6[] = [];
  let device = '';
  for (const line of text.split('\n')) {
    const head = /^\d+: ([^:@\s]+)/.exec(line);
    if (head) device = head[1]!;
    const fields = words(line);
    if (fields[0] === 'inet') ipv4.push({ ...readIpv4(fields, device), secondary: fields.includes('secondary') });
    else if (fields[0] === 'inet6') ipv6.push(readIpv6(fields, device));
  }
  const byInterface = new Map<string, Facts>();
  const ordered = [...ipv4.filter((one) => !one.secondary), ...ipv4.filter((one) => one.secondary)];
  for (const one of ordered) addIpv4(byInterface, one, one.secondary);
  for (const { device, ...one } of ipv6) listOf(of(byInterface, device), 'ipv6').push(dict(one));
  return { ipv4: ordered, ipv6, byInterface };
}

function addIpv4(byInterface: Map<string, Facts>, one: Ipv4, secondary: boolean): void {
  const { address, broadcast, netmask, network, prefix, label, device } = one;
  const shown = { address, broadcast, netmask, network, prefix };
  const facts = of(byInterface, label);
  if (!secondary && facts['ipv4'] === undefined) {
    facts['ipv4'] = dict(shown);
    return;
  }
  listOf(facts, 'ipv4_secondaries').push(dict(shown));
  if (secondary && label !== device) listOf(of(byInterface, device), 'ipv4_secondaries').push(dict(shown));
}

function of(map: Map<string, Facts>, name: string): Facts {
  const found = map.get(name);
  if (found) return found;
  const made: Facts = {};
  map.set(name, made);
  return made;
}

function listOf(facts: Facts, name: string) {
  const found = facts[name];
  if (Array.isArray(found)) return found;
  return (facts[name] = []);
}

function readIpv4(fields: readonly string[], device: string): Ipv4 {
  const [address = '', prefix = '32'] = fields[1]!.split('/'); // point to point: no prefix
  const bits = Number(prefix);
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return {
    address,
    broadcast: fields[2] === 'brd' ? fields[3]! : '',
    netmask: dotted(mask),
    network: dotted((number & mask) >>> 0),
    prefix,
    label: fields.at(-1)!,
    device,
  };
}

function readIpv6(fields: readonly string[], device: string): Ipv6 {
  if (fields[2] === 'peer') {
    return { address: fields[1]!, prefix: fields[3]!.split('/')[1] ?? '128', scope: fields[5]!, device };
  }
  const [address = '', prefix = '128'] = fields[1]!.split('/');
  return { address, prefix, scope: fields[3]!, device };
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
