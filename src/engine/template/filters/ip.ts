import type { Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { fail, iterate, makeInt, pyRepr, pyStr, toIndex, truthy } from '../values.ts';
import { ipaddr, networkOf } from './ip/ipaddr.ts';
import { hwaddr, parseMac } from './ip/mac.ts';
import {
  firstAddress,
  formatAddress,
  formatNetwork,
  hostmask,
  isWithin,
  lastAddress,
  type Network,
  networkSize,
  parseNetwork,
  usableRange,
} from './ip/network.ts';
import { ipsubnet, mergeNetworks, spanNetworks } from './ip/subnets.ts';

/** Most addresses that `usable_range` lists. */
const MOST_ADDRESSES = 1n << 20n;

export const filters: Filters = {
  cidr_merge(value, args, kwargs) {
    const { action = 'merge' } = bind(args, kwargs, ['action'], 'cidr_merge');
    const networks = iterate(value).map(requireNetwork);
    if (action === 'merge') return mergeNetworks(networks).map(formatNetwork);
    if (action !== 'span') return fail(`cidr_merge: invalid action '${pyStr(action)}'`);
    return networks.length === 0 ? null : formatNetwork(networks.length === 1 ? networks[0]! : spanNetworks(networks));
  },
  hwaddr: (value, args, kwargs) => hwaddr(value, queryOf(args, kwargs, 'hwaddr'), 'hwaddr'),
  ip4_hex(value, args, kwargs) {
    const { delimiter = '' } = bind(args, kwargs, ['delimiter'], 'ip4_hex');
    const numbers = pyStr(value).split('.').map(Number);
    if (numbers.length !== 4 || !numbers.every(Number.isInteger)) fail(`ip4_hex: not an IPv4 address: ${pyStr(value)}`);
    return numbers.map((number) => number.toString(16).padStart(2, '0')).join(pyStr(delimiter));
  },
  ipaddr: (value, args, kwargs) => ipaddr(value, queryOf(args, kwargs, 'ipaddr')),
  ipmath(value, args, kwargs) {
    const { amount = 0 } = bind(args, kwargs, ['amount'], 'ipmath', 1);
    const network = parseNetwork(pyStr(value)) ?? fail(`You must pass a valid IP address; ${pyStr(value)} is invalid`);
    const address = network.address + BigInt(toIndex(typeof amount === 'string' ? Number(amount) : amount));
    if (address < 0n || address > hostmask(network.version, 0)) fail('result outside of the addresses there are');
    return formatAddress(network.version, address);
  },
  ipsubnet(value, args, kwargs) {
    const { query = '', index = null } = bind(args, kwargs, ['query', 'index'], 'ipsubnet');
    return ipsubnet(value, query, index);
  },
  ipv4: (value, args, kwargs) => ipaddr(value, queryOf(args, kwargs, 'ipv4'), 4, 'ipv4'),
  ipv6: (value, args, kwargs) => ipaddr(value, queryOf(args, kwargs, 'ipv6'), 6, 'ipv6'),
  ipwrap(value, args, kwargs) {
    const query = queryOf(args, kwargs, 'ipwrap');
    if (Array.isArray(value))
      return value.map((each) => (truthy(ipaddr(each, query, undefined, 'ipwrap')) ? ipaddr(each, 'wrap') : each));
    const found = ipaddr(value, query, undefined, 'ipwrap');
    return truthy(found) ? ipaddr(found, 'wrap') : value;
  },
  macaddr: (value, args, kwargs) => hwaddr(value, queryOf(args, kwargs, 'macaddr'), 'macaddr'),
  network_in_network(value, args, kwargs) {
    const [outer, inner] = [
      networkOf(value),
      networkOf(bind(args, kwargs, ['test'], 'network_in_network', 1).test ?? null),
    ];
    return outer !== undefined && inner !== undefined && isWithin(inner, outer);
  },
  network_in_usable(value, args, kwargs) {
    const [outer, inner] = [
      networkOf(value),
      networkOf(bind(args, kwargs, ['test'], 'network_in_usable', 1).test ?? null),
    ];
    if (!outer || outer.version !== inner?.version) return false;
    const [first, last] = usableRange(outer) ?? [outer.address, outer.address];
    return firstAddress(inner) >= first && lastAddress(inner) <= last;
  },
  next_nth_usable: (value, args, kwargs) =>
    usableAt(value, toIndex(bind(args, kwargs, ['offset'], 'next_nth_usable', 1).offset ?? 0)),
  nthhost(value, args, kwargs) {
    const network = networkOf(value);
    const query = queryOf(args, kwargs, 'nthhost');
    if (!network || !truthy(query) || !/^-?\d+$/.test(pyStr(query))) return false;
    const nth = BigInt(pyStr(query));
    const size = networkSize(network);
    if (nth >= size || nth < -size) return false;
    return formatAddress(network.version, firstAddress(network) + (nth < 0n ? size + nth : nth));
  },
  previous_nth_usable: (value, args, kwargs) =>
    usableAt(value, -toIndex(bind(args, kwargs, ['offset'], 'previous_nth_usable', 1).offset ?? 0)),
  reduce_on_network(value, args, kwargs) {
    const outer = networkOf(bind(args, kwargs, ['network'], 'reduce_on_network', 1).network ?? null);
    return iterate(value).filter((each) => {
      const inner = networkOf(each);
      return outer !== undefined && inner !== undefined && isWithin(inner, outer);
    });
  },
  slaac(value, args, kwargs) {
    const network = networkOf(value);
    const mac = parseMac(queryOf(args, kwargs, 'slaac'));
    if (network?.version !== 6 || mac === undefined) return false;
    // The seventh bit says that the address is not made up, and is turned round here.
    const identifier = BigInt(`0x${mac.slice(0, 6)}fffe${mac.slice(6)}`) ^ (1n << 57n);
    return formatAddress(6, firstAddress(network) + identifier);
  },
  usable_range(value, _args, _kwargs, { budget }) {
    const network = requireNetwork(value);
    const size = networkSize(network);
    if (size > MOST_ADDRESSES) fail(`usable_range: ${pyStr(value)} has more than ${MOST_ADDRESSES} addresses`);
    budget.grow(Number(size) * 16);
    const first = firstAddress(network);
    const addresses = Array.from({ length: Number(size) }, (_, at) =>
      formatAddress(network.version, first + BigInt(at)),
    );
    return new Map<Value, Value>([
      ['usable_ips', addresses],
      ['number_of_ips', makeInt(size)],
    ]);
  },
};

function queryOf(args: readonly Value[], kwargs: ReadonlyMap<string, Value>, filter: string): Value {
  return bind(args, kwargs, ['query'], filter).query ?? '';
}

function requireNetwork(value: Value): Network {
  return parseNetwork(pyStr(value)) ?? fail(`not an address or network: ${pyRepr(value)}`);
}

function usableAt(value: Value, offset: number): Value {
  const network = networkOf(value);
  if (!network) return false;
  const range = usableRange(network);
  const address = network.address + BigInt(offset);
  return range && address >= range[0] && address <= range[1] ? formatAddress(network.version, address) : null;
}
