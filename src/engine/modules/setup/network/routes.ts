import { type Dict, dict, type Value } from '../../../model/value.ts';
import type { Facts } from '../collector.ts';
import { type Gathered, lines, words } from '../gathered.ts';
import type { Addresses } from './addresses.ts';

const targets = { 4: '8.8.8.8', 6: '2404:6800:400a:800::1012' } as const;

/** The interface, address and gateway by which the world is reached, with what is known of the address. */
export function defaultRoute(
  host: Gathered,
  version: 4 | 6,
  interfaces: ReadonlyMap<string, Facts>,
  addresses: Addresses,
): Facts {
  const fields = words(host.section(`route-${version}`)?.split('\n')[0]);
  if (fields[0] !== targets[version]) return {};
  const after = (name: string) => (fields.includes(name) ? fields[fields.indexOf(name) + 1] : undefined);
  const facts: Facts = {};
  const [name, address, gateway] = [after('dev'), after('src'), after('via')];
  if (name !== undefined) facts['interface'] = name;
  if (address !== undefined) facts['address'] = address;
  if (gateway !== undefined && gateway !== targets[version]) facts['gateway'] = gateway;
  const found = version === 4 ? ipv4Details(addresses, address) : ipv6Details(addresses, address);
  if (!found) return facts;
  const { device, ...details } = found;
  const owner = interfaces.get(device) ?? {};
  const shown: Record<string, Value | undefined> = {
    macaddress: owner['macaddress'],
    mtu: owner['mtu'],
    type: owner['type'] ?? 'unknown',
  };
  for (const [key, value] of Object.entries(shown)) if (value !== undefined) facts[key] = value;
  return { ...facts, ...details };
}

function ipv4Details(addresses: Addresses, address: string | undefined) {
  const found = addresses.ipv4.find((one) => one.address === address);
  if (!found) return undefined;
  const { broadcast, netmask, network, prefix, label, device } = found;
  return { broadcast, netmask, network, prefix, alias: label, device };
}

function ipv6Details(addresses: Addresses, address: string | undefined) {
  const found = addresses.ipv6.find((one) => one.address === address);
  return found && { prefix: found.prefix, scope: found.scope, device: found.device };
}

/** Addresses and whole networks that the host answers for itself. */
export function localAddresses(routes: string): Dict {
  const all = lines(routes).flatMap((line) => {
    const [kind, address] = words(line);
    return kind === 'local' && address !== undefined ? [address] : [];
  });
  const unique = [...new Set(all)];
  return dict({
    ipv4: unique.filter((one) => !one.includes(':')),
    ipv6: unique.filter((one) => one.includes(':')),
  });
}
