import type { Change } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { ruleArgs } from './args.ts';
import { type RuleArgs, ruleWords } from './rule.ts';

interface FilterArgs extends RuleArgs {
  readonly table: string;
  readonly state: 'absent' | 'present';
  readonly action: 'append' | 'insert';
  readonly chain: string | null;
  readonly rule_num: string | null;
  readonly flush: boolean;
  readonly policy: string | null;
  readonly chain_management: boolean;
  readonly numeric: boolean;
}

interface FilterState {
  readonly program: boolean;
  readonly chainExists: boolean;
  readonly policy: string | undefined;
  readonly rulePresent: boolean;
}

export const iptables = defineModule({
  name: 'iptables',
  collection: 'ansible.builtin',
  summary: "Manage rules of the kernel's packet filter",
  args: {
    ...ruleArgs,
    table: {
      type: 'str',
      choices: ['filter', 'nat', 'mangle', 'raw', 'security'],
      default: 'filter',
      doc: 'Table that the chain is of.',
    },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether the rule is there.' },
    action: { type: 'str', choices: ['append', 'insert'], default: 'append', doc: 'Where a new rule goes.' },
    ip_version: { type: 'str', choices: ['ipv4', 'ipv6'], default: 'ipv4', doc: 'Filter of which protocol.' },
    chain: { type: 'str', doc: 'Chain: INPUT, FORWARD, OUTPUT, or one of your own.' },
    rule_num: { type: 'str', doc: 'Number that an inserted rule gets.' },
    flush: { type: 'bool', default: false, doc: 'Remove all rules of the chain, or of the table.' },
    policy: { type: 'str', choices: ['ACCEPT', 'DROP', 'QUEUE', 'RETURN'], doc: "The chain's policy." },
    chain_management: { type: 'bool', default: false, doc: 'Make or remove the chain itself.' },
    numeric: { type: 'bool', default: false, doc: 'Look up no names of addresses.' },
  },
  rules: {
    mutuallyExclusive: [
      ['set_dscp_mark', 'set_dscp_mark_class'],
      ['flush', 'policy'],
    ],
    requiredBy: { set_dscp_mark: ['jump'], set_dscp_mark_class: ['jump'] },
    requiredIf: [
      ['jump', 'TEE', ['gateway']],
      ['jump', 'tee', ['gateway']],
      ['flush', false, ['chain']],
    ],
  },
  async inspect(host, args): Promise<FilterState> {
    const program = programOf(args);
    const { stdout } = await host.query(sh`command -v ${program} >/dev/null || exit 0; echo program
${call(args)} -S ${args.chain ?? 'INPUT'} 1 >/dev/null 2>&1 && echo chain
${call(args)} -S ${args.chain ?? 'INPUT'} 2>/dev/null | sed -n 's/^-P [^ ]* /policy /p'
${rule(args, '-C')} >/dev/null 2>&1 && echo rule; :`);
    const said = stdout.toString('utf8').split('\n');
    return {
      program: said.includes('program'),
      chainExists: said.includes('chain'),
      policy: said.find((line) => line.startsWith('policy '))?.slice('policy '.length),
      rulePresent: said.includes('rule'),
    };
  },
  plan: planRule,
  report(args, before, outcomes) {
    const failure = failedChange(planRule(args, before).changes, outcomes);
    if (!failure) return {};
    const { rc, stdout, stderr } = failure.outcome;
    return { failed: textOf(stderr), result: { rc, stdout: textOf(stdout), stderr: textOf(stderr) } };
  },
  examples: `- iptables:
    chain: INPUT
    protocol: tcp
    destination_port: "22"
    ctstate: [NEW]
    jump: ACCEPT`,
});

function programOf({ ip_version }: FilterArgs): string {
  return ip_version === 'ipv6' ? 'ip6tables' : 'iptables';
}

function call(args: FilterArgs): Script {
  return sh`${programOf(args)} -t ${args.table}`;
}

function rule(args: FilterArgs, action: '-A' | '-C' | '-D' | '-I'): Script {
  const number = action === '-I' && args.rule_num !== null ? [args.rule_num] : [];
  return sh`${call(args)} ${action} ${args.chain ?? ''} ${[...number, ...ruleWords(args)]}`;
}

function planRule(args: FilterArgs, state: FilterState): Plan {
  const { chain, table, flush } = args;
  const words = ruleWords(args);
  const result = {
    ip_version: args.ip_version,
    table,
    chain,
    flush,
    rule: words.join(' '),
    state: args.state,
    chain_management: args.chain_management,
  };
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (!state.program) return fail(`Failed to find required executable "${programOf(args)}"`);
  if ((args.log_prefix || args.log_level) && args.jump !== null && args.jump !== 'LOG')
    return fail('Logging options can only be used with the LOG jump target.');
  if (flush) {
    const which = chain === null ? [] : [chain];
    return { changes: [runChange(`flush ${chain ?? `table ${table}`}`, sh`${call(args)} -F ${which}`)], result };
  }
  if (args.policy !== null) {
    if (state.policy === undefined) return fail("Can't detect current policy");
    return { changes: state.policy === args.policy ? [] : [setPolicy(args, args.policy, state.policy)], result };
  }
  if (words.length === 0) return { ...planChain(args, state), result };
  const present = args.state === 'present';
  return { changes: state.rulePresent === present ? [] : [changeRule(args, present, words)], result };
}

function setPolicy(args: FilterArgs, policy: string, before: string): Change {
  const set = (value: string) => sh`${call(args)} -P ${args.chain ?? ''} ${value}`;
  return runChange(`set the policy of ${args.chain} to ${policy}`, set(policy), {
    undo: set(before),
    diff: { before: `${args.chain} ${before}\n`, after: `${args.chain} ${policy}\n` },
  });
}

/** A chain that differs counts as changed even where it is not to be touched. */
function planChain(args: FilterArgs, { chainExists }: FilterState): Pick<Plan, 'changes' | 'changed'> {
  const present = args.state === 'present';
  if (chainExists === present) return { changes: [] };
  const make = sh`${call(args)} -N ${args.chain ?? ''}`;
  const remove = sh`${call(args)} -X ${args.chain ?? ''}`;
  const change = present
    ? runChange(`create chain ${args.chain}`, make, { undo: remove })
    : runChange(`delete chain ${args.chain}`, remove, { undo: make });
  return { changes: args.chain_management ? [change] : [], changed: true };
}

function changeRule(args: FilterArgs, present: boolean, words: readonly string[]): Change {
  const text = `-A ${args.chain} ${words.join(' ')}\n`;
  const add = rule(args, args.action === 'insert' ? '-I' : '-A');
  const remove = rule(args, '-D');
  if (present) {
    return runChange(`add rule to ${args.chain}`, add, { undo: remove, diff: { before: '', after: text } });
  }
  return runChange(`remove rule from ${args.chain}`, remove, { undo: add, diff: { before: text, after: '' } });
}
