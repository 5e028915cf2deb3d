import { describe, expect, test } from '@jest/globals';
import { iptables } from '../../../src/engine/modules/iptables/iptables.ts';
import { planOf } from './support.ts';

type Args = Parameters<typeof planOf>[1];

async function ruleOf(args: Args): Promise<unknown> {
  const { plan } = await planOf(iptables, { chain: 'INPUT', ...args }, { answers: [[/./, 'program\nchain\n']] });
  return plan.result?.['rule'];
}

describe('rules of iptables', () => {
  const cases: readonly (readonly [Args, string])[] = [
    [{ protocol: 'tcp', destination_port: '22', jump: 'ACCEPT' }, '-p tcp -j ACCEPT --destination-port 22'],
    [{ source: '!10.0.0.0/8', jump: 'DROP' }, '! -s 10.0.0.0/8 -j DROP'],
    [{ ctstate: ['NEW', 'RELATED'] }, '-m conntrack --ctstate NEW,RELATED'],
    [{ match: ['state'], ctstate: ['NEW'] }, '-m state --state NEW'],
    [{ protocol: 'tcp', destination_ports: ['80', '443'] }, '-p tcp -m multiport --dports 80,443'],
    [{ syn: 'negate' }, '! --syn'],
    [{ limit: '2/second', limit_burst: '5' }, '-m limit --limit 2/second --limit-burst 5'],
    [{ uid_owner: '!joe' }, '-m owner ! --uid-owner joe'],
    [{ reject_with: 'icmp-net-unreachable' }, '-j REJECT --reject-with icmp-net-unreachable'],
    [{ log_prefix: 'x ' }, '-j LOG --log-prefix x '],
    [{ src_range: '10.0.0.1-10.0.0.9' }, '-m iprange --src-range 10.0.0.1-10.0.0.9'],
    [{ match_set: 'bad', match_set_flags: 'src' }, '-m set --match-set bad src'],
    [
      {
        tcp_flags: new Map([
          ['flags', ['ALL']],
          ['flags_set', ['SYN', 'ACK']],
        ]),
      },
      '--tcp-flags ALL SYN,ACK',
    ],
    [{ ip_version: 'ipv6', icmp_type: 'echo-request' }, '--icmpv6-type echo-request'],
    [{ comment: 'a b' }, '-m comment --comment a b'],
  ];
  test.each(cases)('%j', async (args, expected) => {
    expect(await ruleOf(args)).toBe(expected);
  });
});

describe('iptables', () => {
  const rule = { chain: 'INPUT', jump: 'DROP' };
  const cases: readonly (readonly [Args, string, string[]])[] = [
    [rule, 'program', ["run 'iptables' -t 'filter' '-A' 'INPUT' '-j' 'DROP'"]],
    [rule, 'program\nrule', []],
    [
      { ...rule, action: 'insert', rule_num: '2' },
      'program',
      ["run 'iptables' -t 'filter' '-I' 'INPUT' '2' '-j' 'DROP'"],
    ],
    [{ ...rule, state: 'absent' }, 'program\nrule', ["run 'iptables' -t 'filter' '-D' 'INPUT' '-j' 'DROP'"]],
    [{ chain: 'INPUT', policy: 'DROP' }, 'program\npolicy ACCEPT', ["run 'iptables' -t 'filter' -P 'INPUT' 'DROP'"]],
    [{ chain: 'INPUT', policy: 'DROP' }, 'program\npolicy DROP', []],
    [{ chain: 'X', chain_management: true }, 'program', ["run 'iptables' -t 'filter' -N 'X'"]],
    [{ chain: 'X', chain_management: true, state: 'absent' }, 'program\nchain', ["run 'iptables' -t 'filter' -X 'X'"]],
    [{ flush: true, table: 'nat' }, 'program', ["run 'iptables' -t 'nat' -F "]],
  ];
  test.each(cases)('%j where %j', async (args, said, expected) => {
    expect((await planOf(iptables, args, { answers: [[/./, `${said}\n`]] })).changes).toEqual(expected);
  });
});
