/** An address with the length of its network's prefix; the address need not be the network's own. */
export interface Network {
  readonly version: 4 | 6;
  readonly address: bigint;
  readonly prefix: number;
}

/** Bits of an address. */
export function width(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

/** `192.0.2.1`, `192.0.2.0/24`, `192.0.2.0/255.255.255.0`, `2001:db8::1/64`; undefined for anything else. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', mask, ...rest] = text.trim().split('/');
  if (rest.length > 0) return undefined;
  const parsed = parseAddress(host);
  if (!parsed) return undefined;
  const prefix = mask === undefined ? width(parsed.version) : parsePrefix(mask, parsed.version);
  return prefix === undefined ? undefined : { ...parsed, prefix };
}

/** An address without a prefix. */
export function parseAddress(text: string): { version: 4 | 6; address: bigint } | undefined {
  if (!text.includes(':')) {
    const address = parseIpv4(text);
    return address === undefined ? undefined : { version: 4, address };
  }
  const address = parseIpv6(text);
  return address === undefined ? undefined : { version: 6, address };
}

function parsePrefix(mask: string, version: 4 | 6): number | undefined {
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= width(version) ? Number(mask) : undefined;
  const parsed = parseAddress(mask);
  if (parsed?.version !== version) return undefined;
  for (let prefix = width(version); prefix >= 0; prefix--) {
    if (parsed.address === netmask(version, prefix) || parsed.address === hostmask(version, prefix)) return prefix;
  }
  return undefined;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const embedded = /^(.*:)([\d.]+)$/.exec(text);
  if (embedded?.[2]?.includes('.')) {
    const v4 = parseIpv4(embedded[2]);
    if (v4 === undefined) return undefined;
    return parseIpv6(`${embedded[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

export function formatAddress(version: 4 | 6, address: bigint): string {
  return version === 4 ? formatIpv4(address) : formatIpv6(address);
}

export function formatNetwork({ version, address, prefix }: Network): string {
  return `${formatAddress(version, address)}/${prefix}`;
}

function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

/** The shortest form; addresses that hold an IPv4 address end in it. */
function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - index * 16)) & 0xffffn));
  const mapped = address >> 32n === 0xffffn || (address >> 32n === 0n && address > 0xffffn);
  const words = mapped ? groups.slice(0, 6) : groups;
  const run = longestZeros(words);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  const shown = run ? `${hex(words.slice(0, run.start))}::${hex(words.slice(run.start + run.length))}` : hex(words);
  if (!mapped) return shown;
  return `${shown}${shown.endsWith(':') ? '' : ':'}${formatIpv4(address & 0xffffffffn)}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } | undefined {
  let best: { start: number; length: number } | undefined;
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > Math.max(1, best?.length ?? 0)) best = { start, length };
  }
  return best;
}

export function hostmask(version: 4 | 6, prefix: number): bigint {
  return (1n << BigInt(width(version) - prefix)) - 1n;
}

export function netmask(version: 4 | 6, prefix: number): bigint {
  return hostmask(version, 0) ^ hostmask(version, prefix);
}

export function firstAddress({ version, address, prefix }: Network): bigint {
  return address & netmask(version, prefix);
}

export function lastAddress({ version, address, prefix }: Network): bigint {
  return address | hostmask(version, prefix);
}

/** How many addresses there are. */
export function networkSize({ version, prefix }: Network): bigint {
  return hostmask(version, prefix) + 1n;
}

/** The addresses that hosts may have: all of a /31 or /127, otherwise all but the first and last; undefined for one address. */
export function usableRange(network: Network): readonly [bigint, bigint] | undefined {
  const size = networkSize(network);
  if (size === 1n) return undefined;
  const [first, last] = [firstAddress(network), lastAddress(network)];
  return size === 2n ? [first, last] : [first + 1n, last - 1n];
}

/** True if all of `inner` lies in `outer`. */
export function isWithin(inner: Network, outer: Network): boolean {
  if (inner.version !== outer.version) return false;
  return firstAddress(inner) >= firstAddress(outer) && lastAddress(inner) <= lastAddress(outer);
}

/** True if all of the network lies in one of the blocks. */
export function isWithinAny(network: Network, blocks: readonly Network[]): boolean {
  return blocks.some((block) => isWithin(network, block));
}
