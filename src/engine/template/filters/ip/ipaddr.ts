import type { Value } from '../../../model/value.ts';
import { defined, fail, isInt, pyStr, truthy, typeName } from '../../values.ts';
import {
  firstAddress,
  formatAddress,
  formatNetwork,
  isWithin,
  lastAddress,
  type Network,
  networkSize,
  parseNetwork,
  width,
} from './network.ts';
import { QUERIES, type Subject } from './queries.ts';

/**
 * Checks and takes apart an address or network: the answer to `query`, or False for what is no address (of that version).
 * A list is answered member by member, without those that have no answer. Throws for an unknown query.
 */
export function ipaddr(value: Value, query: Value = '', version?: 4 | 6, alias = 'ipaddr'): Value {
  if (Array.isArray(value)) return value.map((each) => ipaddr(each, query, version, alias)).filter(truthy);
  if (typeof defined(value) !== 'string' && !isInt(value, true)) {
    fail(`Unrecognized type <<class '${typeName(value)}'>> for ${alias} filter <value>`);
  }
  if (!truthy(value) || value === true) return false;
  const subject = readSubject(value, version);
  if (!subject) return false;
  const name = pyStr(query);
  const answer = QUERIES.get(name);
  const block = answer || /^-?\d+$/.test(name) ? undefined : parseNetwork(name);
  if (version !== undefined && subject.network.version !== version) return false;
  if (answer) return answer(subject);
  if (block) return isWithin(subject.network, block) ? subject.written : null;
  if (/^-?\d+$/.test(name)) return memberAt(subject, BigInt(name));
  return fail(`${alias}: unknown filter type: ${name}`);
}

/** An address, network, number (`3232235777`) or number with a prefix (`3232235776/24`). */
export function readSubject(value: Value, version?: 4 | 6): Subject | undefined {
  const written = pyStr(value);
  if (isInt(value) || /^\d+$/.test(written)) return fromNumber(BigInt(written), undefined, version);
  const network = parseNetwork(written);
  if (network) return { network, written: value, type: written.includes('/') ? 'network' : 'address' };
  const [, number, prefix] = /^(\d+)\/(\d+)$/.exec(written) ?? [];
  return number === undefined ? undefined : fromNumber(BigInt(number), Number(prefix), undefined);
}

function fromNumber(address: bigint, prefix: number | undefined, wanted: 4 | 6 | undefined): Subject | undefined {
  const version = wanted ?? (address < 1n << 32n && (prefix ?? 0) <= 32 ? 4 : 6);
  if (address >= 1n << BigInt(width(version)) || (prefix ?? 0) > width(version)) return undefined;
  const network: Network = { version, address, prefix: prefix ?? width(version) };
  return { network, written: formatNetwork(network), type: prefix === undefined ? 'address' : 'network' };
}

/** The address at that place of a network, from its end if negative. */
function memberAt({ network, type }: Subject, index: bigint): Value {
  const { version, address, prefix } = network;
  const size = networkSize(network);
  if (size === 1n) return type === 'address' ? formatAddress(version, address) : formatNetwork(network);
  if (index >= size || index < -size) return false;
  const found = index < 0n ? lastAddress(network) + 1n + index : firstAddress(network) + index;
  return `${formatAddress(version, found)}/${prefix}`;
}

/** The network that a value stands for, or undefined where it is none. */
export function networkOf(value: Value): Network | undefined {
  return truthy(value) ? readSubject(value)?.network : undefined;
}
