import { dict } from '../../../model/value.ts';
import type { Collector, Facts } from '../collector.ts';
import { parseAddresses } from '../network/addresses.ts';
import { describeInterfaces, ethtoolFacts } from '../network/interfaces.ts';
import { defaultRoute, localAddresses } from '../network/routes.ts';

const attributes = ['address', 'mtu', 'operstate', 'type', 'speed', 'flags'];

/** Interfaces, their addresses, and those by which the world is reached. */
export const network: Collector = {
  name: 'network',
  factIds: ['interfaces', 'default_ipv4', 'default_ipv6', 'all_ipv4_addresses', 'all_ipv6_addresses'],
  requires: ['distribution', 'platform'],
  files: [
    ...attributes.map((name) => `/sys/class/net/*/${name}`),
    '/sys/class/net/*/bridge/bridge_id',
    '/sys/class/net/*/bridge/stp_state',
    ...['slaves', 'mode', 'miimon', 'lacp_rate', 'primary', 'all_slaves_active'].map(
      (name) => `/sys/class/net/*/bonding/${name}`,
    ),
    '/sys/class/net/*/bonding_slave/perm_hwaddr',
  ],
  paths: [
    '/sys/class/net/*/',
    '/sys/class/net/*/bridge',
    '/sys/class/net/*/brif/*',
    '/sys/class/net/*/bonding',
    '/sys/class/net/*/bonding_slave',
  ],
  commands: ['ip'],
  script: `section net-links
for p in /sys/class/net/*/device /sys/class/net/*/device/driver/module; do
  [ ! -L "$p" ] || printf '%s %s\\n' "$p" "$(readlink "$p")"; done
if command -v ip >/dev/null; then
  section ip-addr; ip addr show 2>/dev/null
  section route-4; ip -4 route get 8.8.8.8 2>/dev/null
  section route-6; ip -6 route get 2404:6800:400a:800::1012 2>/dev/null
  section local-routes; ip -4 route show table local 2>/dev/null; ip -6 route show table local 2>/dev/null
fi
if command -v ethtool >/dev/null; then for p in /sys/class/net/*/; do p=\${p%/}; p=\${p##*/}
  section "ethtool-k $p"; ethtool -k "$p" 2>/dev/null; section "ethtool-T $p"; ethtool -T "$p" 2>/dev/null; done; fi`,
  parse(host) {
    if (!host.hasCommand('ip')) return {};
    const addresses = parseAddresses(host.section('ip-addr') ?? '');
    const interfaces = describeInterfaces(host);
    const facts: Facts = {};
    for (const [name, facts] of interfaces) {
      Object.assign(facts, addresses.byInterface.get(name), ethtoolFacts(host, name));
    }
    for (const [name, { ipv4_secondaries, ipv4 }] of addresses.byInterface) {
      // an address may carry a label of its own (eth0:1), which then counts as an interface
      if (!interfaces.has(name))
        interfaces.set(name, { ...(ipv4 && { ipv4 }), ...(ipv4_secondaries && { ipv4_secondaries }) });
    }
    for (const [name, values] of interfaces) facts[name.replaceAll(/[:-]/g, '_')] = dict(values);
    return {
      interfaces: [...interfaces.keys()].map((name) => name.replaceAll(':', '_')),
      ...facts,
      default_ipv4: dict(defaultRoute(host, 4, interfaces, addresses)),
      default_ipv6: dict(defaultRoute(host, 6, interfaces, addresses)),
      all_ipv4_addresses: addresses.ipv4.map(({ address }) => address).filter((one) => !one.startsWith('127.')),
      all_ipv6_addresses: addresses.ipv6.map(({ address }) => address).filter((one) => one !== '::1'),
      locally_reachable_ips: localAddresses(host.section('local-routes') ?? ''),
    };
  },
};
