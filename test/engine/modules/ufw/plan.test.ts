import { describe, expect, test } from '@jest/globals';
import { coerceArgs } from '../../../../src/engine/modules/args/coerce.ts';
import type { Plan } from '../../../../src/engine/modules/types.ts';
import { normalAddress } from '../../../../src/engine/modules/ufw/address.ts';
import type { UfwArgs } from '../../../../src/engine/modules/ufw/args.ts';
import { planUfw, type UfwState } from '../../../../src/engine/modules/ufw/plan.ts';
import { ufw } from '../../../../src/engine/modules/ufw/ufw.ts';

const host: UfwState = {
  installed: true,
  active: true,
  config: 'ENABLED=yes\nLOGLEVEL=low\n',
  defaults: 'IPV6=yes\nDEFAULT_INPUT_POLICY="DROP"\nDEFAULT_OUTPUT_POLICY="ACCEPT"\nDEFAULT_FORWARD_POLICY="DROP"\n',
  services: 'ssh\t22/tcp\ndomain\t53/tcp\ndomain\t53/udp\nhttp\t80/tcp\twww\n',
  rules: `### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in
### tuple ### allow tcp 80,443 0.0.0.0/0 any 10.0.0.0/24 in
### tuple ### route:allow any 53 10.0.0.0/8 any 0.0.0.0/0 in_eth0!out_eth1
### tuple ### allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in
### tuple ### allow_log tcp 6000:6007 0.0.0.0/0 any 0.0.0.0/0 in_eth0
### tuple ### deny any 25 0.0.0.0/0 any 0.0.0.0/0 out comment=782079
`,
  rules6: `### tuple ### allow tcp 22 ::/0 any ::/0 in
### tuple ### allow tcp 80,443 ::/0 any ::/0 WWW%20Full - in
### tuple ### allow_log tcp 6000:6007 ::/0 any ::/0 in_eth0
### tuple ### allow any any ::/0 any fe80::1 in
### tuple ### deny any 25 ::/0 any ::/0 out comment=782079
`,
};

function planFor(given: Record<string, unknown>, state: Partial<UfwState> = {}): Plan {
  const args = coerceArgs(ufw, new Map(Object.entries(given)) as never) as unknown as UfwArgs;
  return planUfw(args, { ...host, ...state });
}

function summaries(given: Record<string, unknown>, state: Partial<UfwState> = {}): string[] {
  return planFor(given, state).changes.map(({ summary }) => summary);
}

describe('there already', () => {
  test.each([
    [{ rule: 'allow', port: '22', proto: 'tcp' }],
    [{ rule: 'allow', port: 'ssh' }],
    [{ rule: 'allow', from_ip: '10.0.0.7/24', port: '443,80', proto: 'tcp' }],
    [{ rule: 'allow', route: true, interface_in: 'eth0', interface_out: 'eth1', to_ip: '10.0.0.0/8', to_port: '53' }],
    [{ rule: 'allow', name: 'WWW Full' }],
    [{ rule: 'allow', direction: 'in', interface: 'eth0', log: true, port: '6000:6007', proto: 'tcp' }],
    [{ rule: 'deny', direction: 'out', port: '25', comment: 'x y' }],
    [{ rule: 'allow', from_ip: 'FE80:0::1/128' }],
    [{ rule: 'allow', port: '9999', delete: true }],
    [{ state: 'enabled' }],
    [{ default: 'deny', direction: 'incoming' }],
    [{ default: 'allow', direction: 'outgoing' }],
    [{ logging: 'on' }],
    [{ logging: 'low' }],
  ])('%j', (given) => {
    expect(summaries(given)).toEqual([]);
  });
});

describe('to be done', () => {
  test.each([
    [{ rule: 'allow', port: '22' }, 'ufw allow from any to any port 22'],
    [{ rule: 'limit', port: '22', proto: 'tcp' }, 'ufw limit from any to any port 22 proto tcp'],
    [{ rule: 'allow', port: 'domain' }, 'ufw allow from any to any port domain'],
    [{ rule: 'deny', direction: 'out', port: '25' }, 'ufw deny out from any to any port 25'],
    [{ rule: 'allow', port: '22', proto: 'tcp', delete: true }, 'ufw delete allow from any to any port 22 proto tcp'],
    [{ rule: 'deny', direction: 'out', port: '25', delete: true }, 'ufw delete deny out from any to any port 25'],
    [{ rule: 'allow', port: '1', insert: 2 }, 'ufw insert 2 allow from any to any port 1'],
    [
      { rule: 'allow', port: '1', insert: 0, insert_relative_to: 'first-ipv6' },
      'ufw insert 7 allow from any to any port 1',
    ],
    [{ rule: 'allow', port: '1', insert: 9, insert_relative_to: 'last-ipv6' }, 'ufw allow from any to any port 1'],
    [{ state: 'disabled' }, 'ufw disable'],
    [{ state: 'reloaded' }, 'ufw reload'],
    [{ default: 'reject' }, 'ufw default reject incoming'],
    [{ logging: 'off' }, 'ufw logging off'],
  ])('%j', (given, summary) => {
    expect(summaries(given)).toEqual([summary]);
  });

  test('a rule of IPv4 alone, where IPv6 is off', () => {
    const off = { defaults: 'IPV6=no\n', rules6: '' };
    expect(summaries({ rule: 'allow', port: '22', proto: 'tcp' }, off)).toEqual([]);
  });

  test('a policy in other words than its own is written anew, which is no change', () => {
    const defaults = 'DEFAULT_INPUT_POLICY=DROP\n';
    expect(summaries({ default: 'deny' }, { defaults })).toEqual(['ufw default deny incoming']);
    expect(planFor({ default: 'deny' }, { defaults }).changed).toBe(false);
  });

  test('rules that are noted but not in the kernel', () => {
    expect(summaries({ state: 'enabled' }, { active: false })).toEqual(['ufw enable']);
  });
});

test.each([
  ['10.0.0.5/24', '10.0.0.0/24'],
  ['10.0.0.5/32', '10.0.0.5'],
  ['10.0.0.5/255.255.0.0', '10.0.0.0/16'],
  ['2001:DB8::0:1', '2001:db8::1'],
  ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
  ['::1', '::1'],
  ['1:0:0:2::', '1:0:0:2::'],
])('address %s', (written, kept) => {
  expect(normalAddress(written)).toBe(kept);
});
