import { hostmask, isWithinAny, type Network, parseNetwork, width } from './network.ts';

/** Blocks that IANA does not hold to be reachable over the internet. */
const NOT_GLOBAL = blocks(
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4',
  '::/128 ::1/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10',
);
/** Parts of those that are reachable all the same. */
const GLOBAL = blocks(
  '192.0.0.9/32 192.0.0.10/32 2001:1::1/128 2001:1::2/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28',
);
/** Private in no sense but that of many to one: it is neither private nor public. */
const SHARED = blocks('100.64.0.0/10');
const LINK_LOCAL = blocks('169.254.0.0/16 fe80::/10');
const LOOPBACK = blocks('127.0.0.0/8 ::1/128');
const MULTICAST = blocks('224.0.0.0/4 ff00::/8');
const RESERVED = blocks(
  '240.0.0.0/4 ::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 a000::/3 c000::/3 e000::/4',
  'f000::/5 f800::/6 fe00::/9',
);

function blocks(...lines: readonly string[]): readonly Network[] {
  return lines.flatMap((line) => line.split(' ').map((block) => parseNetwork(block) as Network));
}

export function isLinkLocal(network: Network): boolean {
  return isWithinAny(network, LINK_LOCAL);
}

export function isLoopback(network: Network): boolean {
  return isWithinAny(network, LOOPBACK);
}

export function isMulticast(network: Network): boolean {
  return isWithinAny(network, MULTICAST);
}

/** Kept back by the IETF. */
export function isReserved(network: Network): boolean {
  return isWithinAny(network, RESERVED);
}

export function isGlobal(network: Network): boolean {
  return !isWithinAny(network, NOT_GLOBAL) || isWithinAny(network, GLOBAL);
}

export function isPrivate(network: Network): boolean {
  return !isGlobal(network) && !isWithinAny(network, SHARED);
}

/** Reachable over the internet, for one host, and not an address that is a mask. */
export function isPublicHost({ version, address }: Network): boolean {
  const host: Network = { version, address, prefix: width(version) };
  const masks = [address, address ^ hostmask(version, 0)].some((bits) => ((bits + 1n) & bits) === 0n);
  return !isMulticast(host) && isGlobal(host) && !masks;
}
