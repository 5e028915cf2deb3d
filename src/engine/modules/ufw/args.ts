import type { ArgsOf } from '../define.ts';
import type { ArgSpec } from '../types.ts';

export const ufwArgs = {
  state: {
    type: 'str',
    choices: ['enabled', 'disabled', 'reloaded', 'reset'],
    doc: 'Switch the firewall on or off; `reloaded` and `reset` always act.',
  },
  default: {
    type: 'str',
    aliases: ['policy'],
    choices: ['allow', 'deny', 'reject'],
    doc: 'What happens to traffic that no rule names, in the given direction.',
  },
  logging: { type: 'str', choices: ['full', 'high', 'low', 'medium', 'off', 'on'], doc: 'How much is logged.' },
  direction: {
    type: 'str',
    choices: ['in', 'incoming', 'out', 'outgoing', 'routed'],
    doc: '`in` and `out` for rules, the others for the default.',
  },
  delete: { type: 'bool', default: false, doc: 'Remove the rule.' },
  route: { type: 'bool', default: false, doc: 'The rule is for forwarded traffic.' },
  insert: { type: 'int', doc: 'Place of the rule, from 1.' },
  insert_relative_to: {
    type: 'str',
    choices: ['zero', 'first-ipv4', 'last-ipv4', 'first-ipv6', 'last-ipv6'],
    default: 'zero',
    doc: 'What `insert` counts from.',
  },
  rule: { type: 'str', choices: ['allow', 'deny', 'limit', 'reject'], doc: 'The rule.' },
  interface: { type: 'str', aliases: ['if'], doc: 'Interface, in the given direction.' },
  interface_in: { type: 'str', aliases: ['if_in'], doc: 'Interface that traffic comes in by.' },
  interface_out: { type: 'str', aliases: ['if_out'], doc: 'Interface that traffic goes out by.' },
  log: { type: 'bool', default: false, doc: 'Log new connections that the rule matches.' },
  from_ip: { type: 'str', default: 'any', aliases: ['from', 'src'], doc: 'Source address or network.' },
  from_port: { type: 'str', doc: 'Source port.' },
  to_ip: { type: 'str', default: 'any', aliases: ['dest', 'to'], doc: 'Destination address or network.' },
  to_port: { type: 'str', aliases: ['port'], doc: 'Destination port, ports (`80,443`) or range (`6000:6007`).' },
  proto: {
    type: 'str',
    aliases: ['protocol'],
    choices: ['ah', 'any', 'esp', 'ipv6', 'tcp', 'udp', 'gre', 'igmp'],
    doc: 'Protocol.',
  },
  name: { type: 'str', aliases: ['app'], doc: 'Application profile of /etc/ufw/applications.d.' },
  comment: { type: 'str', doc: 'Comment of the rule.' },
} as const satisfies Record<string, ArgSpec>;

export type UfwArgs = ArgsOf<typeof ufwArgs>;
