import type { Value } from '../../../model/value.ts';
import { fail, pyStr, toIndex } from '../../values.ts';
import { networkOf } from './ipaddr.ts';
import { firstAddress, formatNetwork, lastAddress, type Network, networkSize, parseNetwork, width } from './network.ts';

/** Subnets of a network: how many there are of that prefix length, the one of an index, or the place of it in another network. */
export function ipsubnet(value: Value, query: Value, index: Value): Value {
  const given = networkOf(value);
  if (!given) return false;
  const network: Network = { ...given, address: firstAddress(given) };
  const asked = pyStr(query);
  if (asked === '') return formatNetwork(network);
  if (!/^\d+$/.test(asked)) return placeIn(network, asked);
  const prefix = Number(asked);
  const bits = width(network.version);
  if (prefix > bits) return false;
  const number = index === null ? undefined : typeof index === 'string' ? Number(index) : toIndex(index);
  if (networkSize(network) === 1n) return supernet(network, prefix, number ?? 0);
  if (prefix < network.prefix)
    return number === undefined ? fail(`Requested subnet size of ${prefix} is invalid`) : false;
  const count = 1n << BigInt(prefix - network.prefix);
  if (number === undefined) return count.toString();
  const at = BigInt(number) + (number < 0 ? count : 0n);
  if (at < 0n || at >= count) return false;
  return formatNetwork({ ...network, address: network.address + (at << BigInt(bits - prefix)), prefix });
}

/** The networks that hold an address, from the largest on (of length `prefix`). */
function supernet(network: Network, prefix: number, index: number): Value {
  const bits = width(network.version);
  const at = index < 0 ? index + bits - prefix : index;
  if (at < 0 || at >= bits - prefix) return false;
  const larger: Network = { ...network, prefix: prefix + at };
  return formatNetwork({ ...larger, address: firstAddress(larger) });
}

function placeIn(network: Network, other: string): string {
  const outer = parseNetwork(other) ?? fail(`You must pass a valid subnet or IP address; ${other} is invalid`);
  const shift = BigInt(width(network.version) - network.prefix);
  const base = firstAddress(outer);
  if (network.version !== outer.version || network.address < base || network.address > lastAddress(outer)) {
    fail(`${formatNetwork(network)} is not in the subnet ${formatNetwork({ ...outer, address: base })}`);
  }
  return (((network.address - base) >> shift) + 1n).toString();
}

/** The fewest networks that hold the same addresses. */
export function mergeNetworks(networks: readonly Network[]): Network[] {
  const sorted = networks.map((each): Network => ({ ...each, address: firstAddress(each) })).sort(compareNetworks);
  const merged: Network[] = [];
  for (const network of sorted) {
    const last = merged.at(-1);
    if (last && last.version === network.version && lastAddress(network) <= lastAddress(last)) continue;
    merged.push(network);
    joinPairs(merged);
  }
  return merged;
}

/** Two halves of one network at the end of the list become that network. */
function joinPairs(merged: Network[]): void {
  for (;;) {
    const [left, right] = merged.slice(-2);
    if (!left || !right || left.version !== right.version || left.prefix !== right.prefix || left.prefix === 0) return;
    const joined: Network = { ...left, prefix: left.prefix - 1 };
    if (firstAddress(joined) !== left.address || lastAddress(joined) !== lastAddress(right)) return;
    merged.splice(-2, 2, joined);
  }
}

/** The smallest network that holds all of them. */
export function spanNetworks(networks: readonly Network[]): Network {
  const [first, ...rest] = networks as readonly [Network, ...Network[]];
  if (rest.some((each) => each.version !== first.version))
    fail('cidr_merge: IP sequence cannot contain both IPv4 and IPv6!');
  const lowest = networks.map(firstAddress).reduce(smaller);
  const highest = networks.map(lastAddress).reduce(larger);
  let span: Network = { ...first, address: lowest };
  while (lastAddress(span) < highest || firstAddress(span) > lowest) span = { ...span, prefix: span.prefix - 1 };
  return { ...span, address: firstAddress(span) };
}

function compareNetworks(a: Network, b: Network): number {
  if (a.version !== b.version) return a.version - b.version;
  return a.address < b.address ? -1 : a.address > b.address ? 1 : a.prefix - b.prefix;
}

// Math.min and Math.max do not take bigints.
function smaller(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

function larger(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}
