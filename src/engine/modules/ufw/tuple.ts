import { isIPv4, isIPv6 } from 'node:net';
import { normalAddress } from './address.ts';
import type { UfwArgs } from './args.ts';

/** A rule as ufw notes it in user.rules behind `### tuple ###`. */
export interface Tuple {
  /** `allow`, `allow_log`, with `route:` before it for forwarded traffic. */
  readonly action: string;
  readonly proto: string;
  readonly toPort: string;
  readonly to: string;
  readonly fromPort: string;
  readonly from: string;
  /** Profile, which stands for protocol and ports. */
  readonly app: string;
  /** `in`, `out`, `in_eth0`, `in_eth0!out_eth1`. */
  readonly direction: string;
  readonly comment: string;
}

/** All tuples of a rules file, in order. */
export function parseTuples(text: string): Tuple[] {
  const found = text.matchAll(/^### tuple ### (.*)$/gm);
  return [...found].flatMap((match) => parseTuple(match[1]!.trim().split(' ')) ?? []);
}

function parseTuple(words: readonly string[]): Tuple | undefined {
  const plain = words.filter((word) => !word.startsWith('comment='));
  const [action, proto, toPort, to, fromPort, from, ...rest] = plain;
  if (action === undefined || from === undefined) return undefined;
  const comment = words.find((word) => word.startsWith('comment='))?.slice('comment='.length) ?? '';
  return {
    action,
    proto: proto!,
    toPort: toPort!,
    to: to!,
    fromPort: fromPort!,
    from,
    app: rest.length >= 3 ? decodeURIComponent(rest[0]!) : '',
    direction: rest.at(-1) ?? 'in',
    comment: Buffer.from(comment, 'hex').toString('utf8'),
  };
}

/** The tuples that a rule makes, for IPv4 and IPv6. Protocol and port may be wider than asked for by a service's name. */
export function wantedTuples(args: UfwArgs, services: string): { readonly v4?: Tuple; readonly v6?: Tuple } {
  const { from_ip: from, to_ip: to } = args;
  const ports = [args.to_port, args.from_port].map((port) => resolvePort(port, args.proto, services));
  const proto = args.proto ?? ports.find((port) => port.proto)?.proto ?? 'any';
  const base = {
    action: `${args.route ? 'route:' : ''}${args.rule}${args.log ? '_log' : ''}`,
    proto,
    toPort: ports[0]!.port,
    fromPort: ports[1]!.port,
    app: args.name ?? '',
    direction: directionOf(args),
    comment: args.comment ?? '',
  };
  const families = [from, to].map(familyOf);
  const only4 = families.includes(4) || proto === 'ipv6' || proto === 'igmp';
  const only6 = families.includes(6);
  const address = (ip: string, any: string) => (ip === 'any' ? any : normalAddress(ip));
  return {
    ...(!only6 && { v4: { ...base, from: address(from, '0.0.0.0/0'), to: address(to, '0.0.0.0/0') } }),
    ...(!only4 && { v6: { ...base, from: address(from, '::/0'), to: address(to, '::/0') } }),
  };
}

function familyOf(ip: string): 4 | 6 | undefined {
  const [address = ''] = ip.split('/');
  return isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
}

function directionOf({ direction, interface: single, interface_in: inside, interface_out: outside }: UfwArgs): string {
  const sides = [
    ...(single !== null ? [`${direction ?? 'in'}_${single}`] : []),
    ...(inside !== null ? [`in_${inside}`] : []),
    ...(outside !== null ? [`out_${outside}`] : []),
  ];
  return sides.join('!') || direction || 'in';
}

/** A number, list or range as ufw writes it; a service's name as the number that /etc/services gives it. */
function resolvePort(port: string | null, proto: string | null, services: string): { port: string; proto?: string } {
  if (port === null || port === 'any') return { port: 'any' };
  if (/^[0-9,:]+$/.test(port)) {
    const parts = [...new Set(port.split(','))];
    return { port: parts.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(',') };
  }
  const entries = [...services.matchAll(/^(\S+)\s+(\d+)\/(\w+)(.*)$/gm)].filter(
    ([, name, , , more = '']) => name === port || more.split('#')[0]!.trim().split(/\s+/).includes(port),
  );
  const protos = new Set(entries.map((entry) => entry[3]!));
  const number = entries[0]?.[2] ?? port;
  return { port: number, ...(proto === null && protos.size === 1 && { proto: [...protos][0]! }) };
}

/** Whether a rule is there as it shall be. A profile brings its own protocol and ports. */
export function isSame(wanted: Tuple, other: Tuple, ignoreComment = false): boolean {
  const keys: readonly (keyof Tuple)[] = wanted.app
    ? ['action', 'to', 'from', 'app', 'direction']
    : ['action', 'proto', 'toPort', 'to', 'fromPort', 'from', 'app', 'direction'];
  if (!keys.every((key) => wanted[key] === other[key])) return false;
  return ignoreComment || wanted.comment === other.comment;
}

/** For people: `allow tcp 22 from any (in)`. */
export function tupleText(tuple: Tuple): string {
  const { action, proto, toPort, to, fromPort, from, app, direction, comment } = tuple;
  const ports = app ? `app "${app}"` : `${proto} port ${toPort}`;
  return `${action} ${direction} from ${from} port ${fromPort} to ${to} ${ports}${comment ? ` # ${comment}` : ''}\n`;
}
