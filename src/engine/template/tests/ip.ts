import type { Value } from '../../model/value.ts';
import { isGlobal, isLoopback, isMulticast, isPrivate, isReserved } from '../filters/ip/kinds.ts';
import {
  firstAddress,
  hostmask,
  isWithin,
  type Network,
  netmask,
  parseAddress,
  parseNetwork,
  width,
} from '../filters/ip/network.ts';
import type { Test, Tests } from '../types.ts';
import { defined, iterate } from '../values.ts';

/** Tests of ansible.utils: addresses, networks and hardware addresses. A network's own address has no bits of a host. */
export const tests: Tests = {
  in_any_network: (value, [networks = null]) => countHolding(value, networks) > 0,
  in_network: (value, [outer = null]) => within(value, outer),
  in_one_network: (value, [networks = null]) => countHolding(value, networks) === 1,
  ip: (value) => networkOf(value) !== undefined,
  ip_address: (value) => addressOf(value) !== undefined,
  ipv4: (value) => networkOf(value)?.version === 4,
  ipv4_address: (value) => addressOf(value)?.version === 4,
  ipv4_hostmask: (value) => isMask(value, hostmask),
  ipv4_netmask: (value) => isMask(value, netmask),
  ipv6: (value) => networkOf(value)?.version === 6,
  ipv6_address: (value) => addressOf(value)?.version === 6,
  ipv6_ipv4_mapped: kind(({ version, address }) => version === 6 && address >> 32n === 0xffffn),
  ipv6_sixtofour: kind(({ version, address }) => version === 6 && address >> 112n === 0x2002n),
  ipv6_teredo: kind(({ version, address }) => version === 6 && address >> 96n === 0x20010000n),
  loopback: kind(isLoopback),
  mac: (value) => typeof defined(value) === 'string' && MAC.test(value as string),
  multicast: kind(isMulticast),
  private: kind(isPrivate),
  public: kind(isGlobal),
  reserved: kind(isReserved),
  subnet_of: (value, [outer = null]) => within(value, outer),
  supernet_of: (value, [inner = null]) => within(inner, value),
  unspecified: kind(({ address }) => address === 0n),
};

const MAC = /^(?:(?:[\da-f]{2}[:-]){5}[\da-f]{2}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}|[\da-f]{12})\n?$/i;

function networkOf(value: Value): Network | undefined {
  if (typeof defined(value) !== 'string' || (value as string).trim() !== value) return undefined;
  const network = parseNetwork(value);
  return network && firstAddress(network) === network.address ? network : undefined;
}

/** An address, as the network of one that it is. */
function addressOf(value: Value): Network | undefined {
  const parsed = typeof defined(value) === 'string' ? parseAddress(value as string) : undefined;
  return parsed && { ...parsed, prefix: width(parsed.version) };
}

function kind(holds: (address: Network) => boolean): Test {
  return (value) => {
    const address = addressOf(value);
    return address !== undefined && holds(address);
  };
}

function within(inner: Value, outer: Value): boolean {
  const [small, large] = [networkOf(inner), networkOf(outer)];
  return small !== undefined && large !== undefined && isWithin(small, large);
}

function countHolding(value: Value, networks: Value): number {
  const list = typeof networks === 'string' ? networks.split(',') : iterate(networks);
  return list.filter((network) => within(value, network)).length;
}

function isMask(value: Value, mask: (version: 4, prefix: number) => bigint): boolean {
  const parsed = addressOf(value);
  if (parsed?.version !== 4) return false;
  return Array.from({ length: 33 }, (_, prefix) => mask(4, prefix)).includes(parsed.address);
}
