import { isIP } from 'node:net';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';

/** Numbers of the kernel's tables. */
export const connectionStates: Readonly<Record<string, string>> = {
  ESTABLISHED: '01',
  SYN_SENT: '02',
  SYN_RECV: '03',
  FIN_WAIT1: '04',
  FIN_WAIT2: '05',
  TIME_WAIT: '06',
};

export interface Drain {
  readonly host: string;
  readonly port: number | null;
  readonly states: readonly string[];
  readonly excluded: readonly string[];
}

/** How many connections to a port of the host are still there. */
export async function countConnections(view: HostView, drain: Drain): Promise<number> {
  const names = [drain.host, ...drain.excluded].filter((name) => isIP(name) === 0);
  const [tables, ...found] = await Promise.all([
    view.query(sh`cat /proc/net/tcp /proc/net/tcp6 2>/dev/null`),
    ...names.map((name) => view.query(sh`getent ahosts ${name}`)),
  ]);
  const addresses = new Map(names.map((name, index) => [name, addressesIn(found[index]!.stdout.toString())]));
  const known = (name: string) => addresses.get(name) ?? [name];
  return countIn(tables.stdout.toString(), drain, new Set(known(drain.host)), new Set(drain.excluded.flatMap(known)));
}

function addressesIn(text: string): string[] {
  return text.split('\n').flatMap((line) => line.split(/\s+/)[0] || []);
}

/** Counts in the text of /proc/net/tcp and tcp6. */
export function countIn(text: string, drain: Drain, own: ReadonlySet<string>, excluded: ReadonlySet<string>): number {
  const states = new Set(drain.states.map((state) => connectionStates[state]));
  const everywhere = own.has('0.0.0.0') || own.has('::');
  return text.split('\n').filter((line) => {
    const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (!states.has(state) || (drain.port !== null && Number.parseInt(port, 16) !== drain.port)) return false;
    return (everywhere || own.has(readAddress(address))) && !excluded.has(readAddress(remote.split(':')[0] ?? ''));
  }).length;
}

/** `0100007F` is 127.0.0.1: the bytes of each word stand the other way round. An IPv4 address in IPv6 is shown as such. */
function readAddress(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return '';
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (bytes[index * 2]! * 256 + bytes[index * 2 + 1]!).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
