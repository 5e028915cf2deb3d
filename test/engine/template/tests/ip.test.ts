import { describe, expect, test } from '@jest/globals';
import { evaluateHere } from '../plain.ts';

describe('tests: ip', () => {
  test.each<[string, boolean]>([
    ["'10.1.1.1' is ansible.utils.ip", true],
    ["'10.1.1.1/24' is ip_address", false],
    ["'10.1.1.256' is ip", false],
    ["'::1' is ipv6", true],
    ["'::1' is ipv4", false],
    ["'10.0.0.1' is ipv4_address", true],
    ["'255.255.255.0' is ipv4_netmask", true],
    ["'0.0.0.255' is ipv4_hostmask", true],
    ["'255.0.255.0' is ipv4_netmask", false],
    ["'aa:bb:cc:dd:ee:ff' is mac", true],
    ["'aa:bb' is mac", false],
    ["'10.1.1.0/24' is subnet_of('10.0.0.0/8')", true],
    ["'10.0.0.0/8' is supernet_of('10.1.1.0/24')", true],
    ["'192.168.1.1' is in_network('10.0.0.0/8')", false],
    ["'10.1.1.1' is in_any_network(['192.168.0.0/16', '10.0.0.0/8'])", true],
    ["'10.1.1.1' is in_one_network(['10.1.0.0/16', '10.0.0.0/8'])", false],
    ["'127.0.0.1' is loopback", true],
    ["'224.0.0.1' is multicast", true],
    ["'10.0.0.1' is private", true],
    ["'8.8.8.8' is public", true],
    ["'::' is unspecified", true],
    ["'10.1.1.1/24' is ip", false],
    ["'10.1.1.1/24' is private", false],
    ["'198.51.100.7' is public", false],
    ["'100.64.0.1' is private", false],
    ["'100.64.0.1' is public", false],
    ["'::ffff:10.1.2.3' is ansible.utils.ipv6_ipv4_mapped", true],
    ["'2002::1' is ansible.utils.ipv6_sixtofour", true],
    ["'2001::1' is ansible.utils.ipv6_teredo", true],
    ["'240.0.0.1' is ansible.utils.reserved", true],
    ["'10.1.1.1' is in_any_network(['x', '10.0.0.0/8'])", true],
  ])('%s: %s', (expression, expected) => {
    expect(evaluateHere(expression)).toBe(expected);
  });
});
