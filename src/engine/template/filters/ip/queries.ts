import type { Value } from '../../../model/value.ts';
import { fail, makeInt } from '../../values.ts';
import { isGlobal, isLinkLocal, isLoopback, isMulticast, isPublicHost } from './kinds.ts';
import {
  firstAddress,
  formatAddress,
  formatNetwork,
  hostmask,
  lastAddress,
  type Network,
  netmask,
  networkSize,
  usableRange,
  width,
} from './network.ts';

/** What was asked about: the parsed value, the value as written, and whether it was written with a prefix. */
export interface Subject {
  readonly network: Network;
  readonly written: Value;
  readonly type: 'address' | 'network';
}

/** Answers with None or False where the query does not fit, as Ansible does. */
export type Query = (subject: Subject) => Value;

const text = ({ version }: Network, address: bigint) => formatAddress(version, address);
const own = (network: Network) => text(network, network.address);
const isFirst = (network: Network) => network.address === firstAddress(network);
const size = (network: Network) => networkSize(network);

/** IPv4 networks of one or two addresses have no broadcast address. */
function broadcast(network: Network): bigint | undefined {
  return network.version === 4 && network.prefix >= 31 ? undefined : lastAddress(network);
}

const addressWithPrefix: Query = ({ network }) => {
  const edge = isFirst(network) || network.address === broadcast(network);
  return size(network) > 2n && edge ? false : formatNetwork(network);
};
const hostmaskQuery: Query = ({ network }) => text(network, hostmask(network.version, network.prefix));
const networkQuery: Query = ({ network }) => text(network, firstAddress(network));
const subnet: Query = ({ network }) => formatNetwork({ ...network, address: firstAddress(network) });
const loopback: Query = ({ network, written }) => keepIf(isLoopback(network), written);
const addressQuery: Query = ({ network }) => {
  if (size(network) === 1n) return own(network);
  return !isFirst(network) || broadcast(network) === undefined || network.version === 6 ? own(network) : null;
};
const ipv4: Query = ({ network, written }) => (network.version === 4 ? written : toIpv4(network));
const ipv6: Query = ({ network, written }) =>
  network.version === 6
    ? written
    : formatNetwork({ version: 6, address: network.address | (0xffffn << 32n), prefix: network.prefix + 96 });

export const QUERIES: ReadonlyMap<string, Query> = new Map<string, Query>([
  ['', ({ network, type }) => (type === 'address' ? own(network) : formatNetwork(network))],
  ['6to4', sixToFour],
  ['address', addressQuery],
  ['address/prefix', addressWithPrefix],
  ['bool', () => true],
  ['broadcast', ({ network }) => (size(network) > 2n ? text(network, lastAddress(network)) : null)],
  ['cidr', ({ network }) => formatNetwork(network)],
  ['first_usable', ({ network, type }) => ofRange(network, type, ([first]) => text(network, first))],
  ['gateway', addressWithPrefix],
  ['gw', addressWithPrefix],
  [
    'host',
    ({ network }) =>
      size(network) === 1n || !isFirst(network) || broadcast(network) === undefined ? formatNetwork(network) : null,
  ],
  ['host/prefix', addressWithPrefix],
  ['hostmask', hostmaskQuery],
  ['hostnet', addressWithPrefix],
  [
    'int',
    ({ network, type }) => (type === 'address' ? makeInt(network.address) : `${network.address}/${network.prefix}`),
  ],
  ['ip', addressQuery],
  ['ip/prefix', ({ network }) => (isHostOfNetwork(network) ? formatNetwork(network) : null)],
  [
    'ip_netmask',
    ({ network }) =>
      isHostOfNetwork(network) ? `${own(network)} ${text(network, netmask(network.version, network.prefix))}` : null,
  ],
  ['ipv4', ipv4],
  ['ipv6', ipv6],
  ['last_usable', ({ network, type }) => ofRange(network, type, ([, last]) => text(network, last))],
  [
    'link-local',
    ({ network, written }) => keepIf(isLinkLocal({ ...network, prefix: width(network.version) }), written),
  ],
  ['lo', loopback],
  ['loopback', loopback],
  ['multicast', ({ network, written }) => keepIf(isMulticast(network), written)],
  ['net', ({ network }) => (size(network) > 1n && isFirst(network) ? formatNetwork(network) : null)],
  ['netmask', ({ network }) => text(network, netmask(network.version, network.prefix))],
  ['network', networkQuery],
  ['network/prefix', subnet],
  ['network_id', networkQuery],
  [
    'network_netmask',
    ({ network }) =>
      `${text(network, firstAddress(network))} ${text(network, netmask(network.version, network.prefix))}`,
  ],
  [
    'network_wildcard',
    ({ network }) =>
      `${text(network, firstAddress(network))} ${text(network, hostmask(network.version, network.prefix))}`,
  ],
  ['next_usable', ({ network, type }) => neighbour(network, type, 1n)],
  ['peer', ({ network, type }) => peer(network, type)],
  ['prefix', ({ network }) => network.prefix],
  ['previous_usable', ({ network, type }) => neighbour(network, type, -1n)],
  ['private', ({ network, written }) => keepIf(!isGlobal(network), written)],
  ['public', ({ network, written }) => keepIf(isPublicHost(network), written)],
  [
    'range_usable',
    ({ network, type }) => ofRange(network, type, (range) => range.map((address) => text(network, address)).join('-')),
  ],
  ['revdns', ({ network }) => reverseName(network)],
  ['router', addressWithPrefix],
  ['size', ({ network }) => makeInt(size(network))],
  ['size_usable', ({ network }) => makeInt(size(network) === 1n ? 0n : size(network) === 2n ? 2n : size(network) - 2n)],
  ['subnet', subnet],
  ['type', ({ network }) => (size(network) > 1n && isFirst(network) ? 'network' : 'address')],
  ['unicast', ({ network, written }) => keepIf(!isMulticast(network), written)],
  ['v4', ipv4],
  ['v6', ipv6],
  ['version', ({ network }) => network.version],
  ['wildcard', hostmaskQuery],
  ['wrap', wrap],
]);

function keepIf(holds: boolean, written: Value): Value {
  return holds ? written : null;
}

function isHostOfNetwork(network: Network): boolean {
  return size(network) === 2n || (size(network) > 1n && !isFirst(network));
}

function requireNetwork(type: Subject['type']): void {
  if (type === 'address') fail('Not a network address', 'write it with its prefix: 192.0.2.1/24');
}

function ofRange(network: Network, type: Subject['type'], answer: (range: readonly [bigint, bigint]) => Value): Value {
  requireNetwork(type);
  const range = usableRange(network);
  return range ? answer(range) : null;
}

function neighbour(network: Network, type: Subject['type'], step: bigint): Value {
  return ofRange(network, type, ([first, last]) => {
    const next = network.address + step;
    return next >= first && next <= last ? text(network, next) : null;
  });
}

/** The other end of a link between two hosts. */
function peer(network: Network, type: Subject['type']): Value {
  requireNetwork(type);
  if (size(network) === 2n) return text(network, network.address ^ 1n);
  if (size(network) !== 4n) return fail('Not a point-to-point network');
  if (network.address % 4n === 0n) return fail('Network address of /30 has no peer');
  if (network.address % 4n === 3n) return fail('Broadcast address of /30 has no peer');
  return text(network, network.address ^ 3n);
}

function sixToFour({ network, written, type }: Subject): Value {
  if (network.version === 6) {
    const asked = type === 'address' || !isFirst(network);
    return asked && network.address >> 112n === 0x2002n ? written : false;
  }
  if (size(network) > 1n && isFirst(network)) return false;
  const host: Network = { ...network, prefix: 32 };
  if (!isPublicHost(host) && isGlobal(host)) return false;
  const hex = network.address.toString(16).padStart(8, '0');
  return `2002:${hex.slice(0, 4)}:${hex.slice(4)}::1/48`;
}

/** Only addresses that hold an IPv4 address have one. */
function toIpv4({ address, prefix }: Network): Value {
  const high = address >> 32n;
  if (high !== 0n && high !== 0xffffn) return false;
  return formatNetwork({ version: 4, address: address & 0xffffffffn, prefix: Math.max(0, prefix - 96) });
}

function wrap({ network, written, type }: Subject): Value {
  if (network.version === 4) return written;
  return type === 'address' ? `[${own(network)}]` : `[${own(network)}]/${network.prefix}`;
}

function reverseName(network: Network): string {
  if (network.version === 4) return `${own(network).split('.').reverse().join('.')}.in-addr.arpa.`;
  return `${[...network.address.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`;
}
