import type { Value } from '../../model/value.ts';
import { isLoopback, isMulticast, isPrivate, isPublic } from '../filters/ip/kinds.ts';
import { parseMac } from '../filters/ip/mac.ts';
import { hostmask, isWithin, type Network, netmask, parseAddress, parseNetwork, width } from '../filters/ip/network.ts';
import type { Test, Tests } from '../types.ts';
import { defined, fail, iterate, pyStr } from '../values.ts';

/** Tests of ansible.utils: addresses, networks and hardware addresses. */
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
  loopback: kind(isLoopback),
  mac: (value) => parseMac(defined(value)) !== undefined,
  multicast: kind(isMulticast),
  private: kind(isPrivate),
  public: kind(isPublic),
  subnet_of: (value, [outer = null]) => within(value, outer),
  supernet_of: (value, [inner = null]) => within(inner, value),
  unspecified: kind(({ address, version, prefix }) => address === 0n && prefix === width(version)),
};

function networkOf(value: Value): Network | undefined {
  return typeof defined(value) === 'string' ? parseNetwork(value as string) : undefined;
}

function addressOf(value: Value): ReturnType<typeof parseAddress> {
  return typeof defined(value) === 'string' ? parseAddress(value as string) : undefined;
}

function kind(holds: (network: Network) => boolean): Test {
  return (value) => {
    const network = networkOf(value);
    return network !== undefined && holds(network);
  };
}

function within(inner: Value, outer: Value): boolean {
  const [small, large] = [networkOf(inner), networkOf(outer)];
  return small !== undefined && large !== undefined && isWithin(small, large);
}

function countHolding(value: Value, networks: Value): number {
  return iterate(networks).filter((network) => {
    if (networkOf(network) === undefined) fail(`not a network: ${pyStr(network)}`);
    return within(value, network);
  }).length;
}

function isMask(value: Value, mask: (version: 4, prefix: number) => bigint): boolean {
  const parsed = addressOf(value);
  if (parsed?.version !== 4) return false;
  return Array.from({ length: 33 }, (_, prefix) => mask(4, prefix)).includes(parsed.address);
}
