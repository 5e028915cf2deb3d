import { hostmask, isWithinAny, type Network, width } from './network.ts';

const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '239.0.0.0/8',
  'fc00::/7',
  'fec0::/10',
];
const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'];
const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const MULTICAST = ['224.0.0.0/4', 'ff00::/8'];

export function isLinkLocal(network: Network): boolean {
  return isWithinAny(network, LINK_LOCAL);
}

export function isLoopback(network: Network): boolean {
  return isWithinAny(network, LOOPBACK);
}

export function isMulticast(network: Network): boolean {
  return isWithinAny(network, MULTICAST);
}

export function isPrivate(network: Network): boolean {
  return isWithinAny(network, PRIVATE) || isLinkLocal(network);
}

/** Reachable over the internet: no private address, no loopback, no multicast, and not one that is a mask. */
export function isPublic({ version, address }: Network): boolean {
  const host: Network = { version, address, prefix: width(version) };
  const masks = [address, address ^ hostmask(version, 0)].some((bits) => ((bits + 1n) & bits) === 0n);
  return !isMulticast(host) && !isPrivate(host) && !isLoopback(host) && !masks;
}
