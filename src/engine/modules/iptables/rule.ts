import type { Value } from '../../model/value.ts';
import type { ArgsOf } from '../define.ts';
import type { ruleArgs } from './args.ts';

export type RuleArgs = ArgsOf<typeof ruleArgs> & { readonly ip_version: 'ipv4' | 'ipv6' };

/** Words of iptables that describe the rule, in an order that iptables takes: a match before its options. */
export function ruleWords(args: RuleArgs): string[] {
  const jump = args.jump ?? (args.log_prefix || args.log_level ? 'LOG' : null);
  return [
    ...option('-w', args.wait),
    ...option('-p', args.protocol),
    ...option('-s', args.source),
    ...option('-d', args.destination),
    ...args.match.flatMap((match) => option('-m', match)),
    ...tcpFlags(args.tcp_flags),
    ...option('-j', jump),
    ...(jump?.toLowerCase() === 'tee' ? option('--gateway', args.gateway) : []),
    ...option('--log-prefix', args.log_prefix),
    ...option('--log-level', args.log_level),
    ...option('--to-destination', args.to_destination),
    ...listed('multiport', '--dports', args.destination_ports),
    ...option('--to-source', args.to_source),
    ...option('-g', args.goto),
    ...option('-i', args.in_interface),
    ...option('-o', args.out_interface),
    ...option('-f', args.fragment),
    ...option('-c', args.set_counters),
    ...option('--source-port', args.source_port),
    ...option('--destination-port', args.destination_port),
    ...option('--to-ports', args.to_ports),
    ...dscp(args, jump),
    ...(args.syn === 'match' ? ['--syn'] : args.syn === 'negate' ? ['!', '--syn'] : []),
    ...connectionState(args),
    ...ranges(args),
    ...set(args),
    ...matched('limit', [...option('--limit', args.limit), ...option('--limit-burst', args.limit_burst)]),
    ...matched('owner', option('--uid-owner', args.uid_owner)),
    ...matched('owner', option('--gid-owner', args.gid_owner)),
    ...(jump === null && args.reject_with ? ['-j', 'REJECT'] : []),
    ...option('--reject-with', args.reject_with),
    ...option(args.ip_version === 'ipv6' ? '--icmpv6-type' : '--icmp-type', args.icmp_type),
    ...matched('comment', option('--comment', args.comment)),
  ];
}

function option(flag: string, value: string | null): string[] {
  if (value === null) return [];
  return value.startsWith('!') ? ['!', flag, value.slice(1)] : [flag, value];
}

/** The extension that the words need, and the words. */
function matched(extension: string, words: readonly string[]): string[] {
  return words.length > 0 ? ['-m', extension, ...words] : [];
}

function listed(extension: string, flag: string, values: readonly string[]): string[] {
  return matched(extension, values.length > 0 ? [flag, values.join(',')] : []);
}

function tcpFlags(flags: Value): string[] {
  if (!(flags instanceof Map)) return [];
  const [among, wanted] = [flags.get('flags'), flags.get('flags_set')];
  return Array.isArray(among) && Array.isArray(wanted) ? ['--tcp-flags', among.join(','), wanted.join(',')] : [];
}

function dscp(args: RuleArgs, jump: string | null): string[] {
  const words = [...option('--set-dscp', args.set_dscp_mark), ...option('--set-dscp-class', args.set_dscp_mark_class)];
  return words.length > 0 && jump?.toLowerCase() !== 'dscp' ? [...words, '-j', 'DSCP'] : words;
}

function connectionState({ match, ctstate }: RuleArgs): string[] {
  if (ctstate.length === 0) return [];
  const states = ctstate.join(',');
  if (match.includes('conntrack')) return ['--ctstate', states];
  return match.includes('state') ? ['--state', states] : listed('conntrack', '--ctstate', ctstate);
}

function ranges({ match, src_range, dst_range }: RuleArgs): string[] {
  const words = [...option('--src-range', src_range), ...option('--dst-range', dst_range)];
  return match.includes('iprange') ? words : matched('iprange', words);
}

function set({ match, match_set, match_set_flags }: RuleArgs): string[] {
  const words = [...option('--match-set', match_set), ...(match_set_flags === null ? [] : [match_set_flags])];
  return match_set === null || match.includes('set') ? words : matched('set', words);
}
