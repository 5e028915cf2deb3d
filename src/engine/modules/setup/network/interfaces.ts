import { dict } from '../../../model/value.ts';
import type { Facts } from '../collector.ts';
import { basename, capture, type Gathered, lines, words } from '../gathered.ts';

const types: Readonly<Record<string, string>> = {
  1: 'ether',
  32: 'infiniband',
  512: 'ppp',
  772: 'loopback',
  65534: 'tunnel',
};

const folder = '/sys/class/net/';

/** What /sys/class/net says of each interface, by name. */
export function describeInterfaces(host: Gathered): Map<string, Facts> {
  const names = host.pathsLike(/^\/sys\/class\/net\/[^/]+\/$/).map((path) => basename(path.slice(0, -1)));
  const links = new Map(lines(host.section('net-links')).map((line) => line.split(' ', 2) as [string, string]));
  return new Map(names.map((name) => [name, describe(host, name, links)]));
}

function describe(host: Gathered, name: string, links: ReadonlyMap<string, string>): Facts {
  const at = `${folder}${name}`;
  const read = (attribute: string) => host.file(`${at}/${attribute}`);
  const facts: Facts = { device: name };
  const mac = read('address');
  if (mac !== undefined && mac !== '00:00:00:00:00:00') facts['macaddress'] = mac;
  const mtu = read('mtu');
  if (mtu !== undefined) facts['mtu'] = Number(mtu);
  const state = read('operstate');
  if (state !== undefined) facts['active'] = state !== 'down';
  const module = links.get(`${at}/device/driver/module`);
  if (module !== undefined) facts['module'] = basename(module);
  const type = read('type');
  if (type !== undefined) facts['type'] = Object.hasOwn(types, type) ? types[type]! : 'unknown';
  Object.assign(facts, bridge(host, at), bonding(host, at));
  if (host.exists(`${at}/bonding_slave`)) facts['perm_macaddress'] = read('bonding_slave/perm_hwaddr') ?? '';
  const device = links.get(`${at}/device`);
  if (device !== undefined) facts['pciid'] = basename(device);
  const speed = read('speed');
  if (speed !== undefined) facts['speed'] = Number(speed);
  const flags = read('flags');
  if (flags !== undefined) facts['promisc'] = (Number(flags) & 0x100) !== 0;
  return facts;
}

function bridge(host: Gathered, at: string): Facts {
  if (!host.exists(`${at}/bridge`)) return {};
  const id = host.file(`${at}/bridge/bridge_id`);
  const stp = host.file(`${at}/bridge/stp_state`);
  return {
    type: 'bridge',
    interfaces: host
      .pathsLike(/\/brif\//)
      .filter((path) => path.startsWith(`${at}/brif/`))
      .map(basename),
    ...(id !== undefined && { id }),
    ...(stp !== undefined && { stp: stp === '1' }),
  };
}

function bonding(host: Gathered, at: string): Facts {
  if (!host.exists(`${at}/bonding`)) return {};
  const read = (name: string) => host.file(`${at}/bonding/${name}`);
  const first = (name: string) => words(read(name))[0] ?? '';
  const primary = read('primary');
  const all = read('all_slaves_active');
  return {
    type: 'bonding',
    slaves: words(read('slaves')),
    mode: first('mode'),
    miimon: first('miimon'),
    lacp_rate: first('lacp_rate'),
    ...(primary !== undefined && { primary }),
    ...(primary !== undefined && all !== undefined && { all_slaves_active: all === '1' }),
  };
}

/** Features and time stamping, where the host has ethtool. */
export function ethtoolFacts(host: Gathered, name: string): Facts {
  const facts: Facts = {};
  const features = host.section(`ethtool-k ${name}`);
  if (features) {
    const pairs = lines(features).flatMap((line) => {
      const at = line.indexOf(': ');
      return at < 0 ? [] : [[line.slice(0, at).trim().replaceAll('-', '_'), line.slice(at + 2).trim()] as const];
    });
    facts['features'] = dict(Object.fromEntries(pairs));
  }
  const stamps = host.section(`ethtool-T ${name}`);
  if (stamps) {
    const all = (pattern: RegExp) => [...stamps.matchAll(pattern)].map((match) => match[1]!.toLowerCase());
    facts['timestamping'] = all(/SOF_TIMESTAMPING_(\w+)/g);
    facts['hw_timestamp_filters'] = all(/HWTSTAMP_FILTER_(\w+)/g);
    const clock = capture(/PTP Hardware Clock: (\d+)/, stamps);
    if (clock !== undefined) facts['phc_index'] = Number(clock);
  }
  return facts;
}
