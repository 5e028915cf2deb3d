import { isIPv4, isIPv6 } from 'node:net';

/** An address or network as ufw keeps it: without host bits, the prefix left out where it covers one address alone. */
export function normalAddress(text: string): string {
  const [address = '', prefix] = text.split('/');
  if (isIPv4(address)) {
    const bits = prefix === undefined ? 32 : prefixBits(prefix);
    const number = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    const network = masked(number, bits, 32);
    const shown = [24n, 16n, 8n, 0n].map((shift) => (network >> shift) & 255n).join('.');
    return bits === 32 ? shown : `${shown}/${bits}`;
  }
  if (!isIPv6(address)) return text;
  const bits = prefix === undefined ? 128 : Number(prefix);
  const shown = shortIpv6(masked(ipv6Number(address), bits, 128));
  return bits === 128 ? shown : `${shown}/${bits}`;
}

function prefixBits(prefix: string): number {
  if (!isIPv4(prefix)) return Number(prefix);
  const ones = prefix.split('.').map((part) => Number(part).toString(2).replaceAll('0', '').length);
  return ones.reduce((sum, count) => sum + count, 0);
}

function masked(number: bigint, bits: number, width: number): bigint {
  const host = BigInt(width - bits);
  return (number >> host) << host;
}

function ipv6Number(text: string): bigint {
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${pair(a, b)}:${pair(c, d)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all =
    tail === undefined ? groups(head) : [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
  return all.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
}

/** The longest run of zeros shortened to `::`. */
function shortIpv6(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? groups.join(':') : groups.join(':').replace(longest, '::').replace(/:{3,}/, '::');
}
