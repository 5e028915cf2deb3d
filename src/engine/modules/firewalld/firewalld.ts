import type { Change } from '../../model/change.ts';
import type { Dict, Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { pyStr } from '../../template/values.ts';
import { defineModule } from '../define.ts';
import { runChange } from '../run-change.ts';
import type { Plan } from '../types.ts';

interface FirewallArgs {
  readonly service: string | null;
  readonly protocol: string | null;
  readonly port: string | null;
  readonly port_forward: readonly Value[] | null;
  readonly rich_rule: string | null;
  readonly source: string | null;
  readonly interface: string | null;
  readonly icmp_block: string | null;
  readonly icmp_block_inversion: string | null;
  readonly masquerade: string | null;
  readonly target: string | null;
  readonly zone: string | null;
  readonly state: 'absent' | 'disabled' | 'enabled' | 'present';
  readonly permanent: boolean | null;
  readonly immediate: boolean;
  readonly timeout: number;
  readonly offline: boolean | null;
}

/** One thing that a zone has or has not, by its options of firewall-cmd. */
interface Subject {
  readonly name: string;
  readonly query: string;
  readonly add: string;
  readonly remove: string;
}

interface FirewallState {
  readonly installed: boolean;
  readonly running: boolean;
  readonly zone: string;
  /** Whether the zone has it now, and after a reload. */
  readonly now: boolean;
  readonly kept: boolean;
  readonly zones: readonly string[];
  readonly target: string;
}

const text = (doc: string) => ({ type: 'str', doc }) as const;

export const firewalld = defineModule({
  name: 'firewalld',
  collection: 'ansible.posix',
  summary: 'Manage what firewalld lets through',
  args: {
    service: text('Service that is let through.'),
    protocol: text('Protocol that is let through.'),
    port: text('Port or range with its protocol: `8080/tcp`.'),
    port_forward: {
      type: 'list',
      elements: 'dict',
      doc: 'Port that is passed on.',
      options: {
        port: { type: 'str', required: true, doc: 'The port.' },
        proto: { type: 'str', required: true, choices: ['udp', 'tcp'], doc: 'Its protocol.' },
        toport: { type: 'str', required: true, doc: 'Where it goes to.' },
        toaddr: { type: 'str', doc: 'On which host.' },
      },
    },
    rich_rule: text('Rule in the rich language.'),
    source: text('Network whose packets are of the zone.'),
    interface: text('Interface whose packets are of the zone.'),
    icmp_block: text('Type of ICMP that is blocked.'),
    icmp_block_inversion: text('Let through what is named as blocked, and nothing else.'),
    masquerade: text('Whether addresses are masked.'),
    target: {
      type: 'str',
      choices: ['default', 'ACCEPT', 'DROP', '%%REJECT%%'],
      doc: 'What becomes of packets that nothing else is said of.',
    },
    zone: text('The zone; the default one if not given.'),
    state: {
      type: 'str',
      required: true,
      choices: ['absent', 'disabled', 'enabled', 'present'],
      doc: 'Whether it is so; `present` and `absent` are for zones and targets.',
    },
    permanent: { type: 'bool', doc: 'Keep it after a reload.' },
    immediate: { type: 'bool', default: false, doc: 'With `permanent`: now as well.' },
    timeout: { type: 'int', default: 0, doc: 'Seconds until it ends, if it is not permanent.' },
    offline: { type: 'bool', doc: 'Work on the files if firewalld does not run.' },
  },
  rules: {
    mutuallyExclusive: [
      [
        ...['icmp_block', 'icmp_block_inversion', 'service', 'protocol', 'port', 'port_forward', 'rich_rule'],
        ...['interface', 'masquerade', 'source', 'target'],
      ],
    ],
    requiredBy: { interface: ['zone'], target: ['zone'], source: ['permanent'] },
  },
  async inspect(host, args): Promise<FirewallState> {
    const query = subjectOf(args)?.query ?? '--get-active-zones';
    const { stdout } = await host.query(sh`command -v firewall-cmd >/dev/null || exit 0; echo installed
LC_ALL=C; export LC_ALL; c=firewall-offline-cmd; if firewall-cmd --state >/dev/null 2>&1; then c=firewall-cmd; echo running; p=--permanent; else p=; fi
z=${args.zone ?? ''}; [ -n "$z" ] || z=$($c --get-default-zone); echo "zone $z"
! $c --zone="$z" ${query} >/dev/null 2>&1 || echo now
! $c $p --zone="$z" ${query} >/dev/null 2>&1 || echo kept
echo "zones $($c $p --get-zones)"; echo "target $($c $p --zone="$z" --get-target 2>/dev/null)"`);
    const lines = stdout.toString('utf8').split('\n');
    const named = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? '';
    return {
      installed: lines.includes('installed'),
      running: lines.includes('running'),
      zone: named('zone'),
      now: lines.includes('now'),
      kept: lines.includes('kept'),
      zones: named('zones').split(' '),
      target: named('target'),
    };
  },
  plan: planFirewall,
  examples: '- firewalld: {service: https, state: enabled, permanent: true, immediate: true}',
});

function subjectOf(args: FirewallArgs): Subject | undefined {
  const plain = (option: string, value: string | null): Subject | undefined =>
    value === null
      ? undefined
      : {
          name: `${option} ${value}`,
          query: `--query-${option}=${value}`,
          add: `--add-${option}=${value}`,
          remove: `--remove-${option}=${value}`,
        };
  const bare = (option: string, value: string | null): Subject | undefined =>
    value === null
      ? undefined
      : { name: option, query: `--query-${option}`, add: `--add-${option}`, remove: `--remove-${option}` };
  return (
    plain('service', args.service) ??
    plain('protocol', args.protocol) ??
    plain('port', args.port) ??
    plain('forward-port', forwardText(args.port_forward)) ??
    plain('rich-rule', args.rich_rule) ??
    plain('source', args.source) ??
    plain('interface', args.interface) ??
    plain('icmp-block', args.icmp_block) ??
    bare('icmp-block-inversion', args.icmp_block_inversion) ??
    bare('masquerade', args.masquerade)
  );
}

function forwardText(forward: readonly Value[] | null): string | null {
  const [first] = forward ?? [];
  if (!(first instanceof Map)) return null;
  const part = (name: string) => (first as Dict).get(name) ?? null;
  const address = part('toaddr');
  const base = `port=${pyStr(part('port'))}:proto=${pyStr(part('proto'))}:toport=${pyStr(part('toport'))}`;
  return address === null ? base : `${base}:toaddr=${pyStr(address)}`;
}

function planFirewall(args: FirewallArgs, state: FirewallState): Plan {
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!state.installed) return fail('firewalld is not on this host: no firewall-cmd');
  if (!state.running && !args.offline)
    return fail(
      'firewall is not currently running, unable to perform immediate actions without a running firewall daemon',
    );
  if (args.port !== null && !args.port.includes('/')) return fail('improper port format (missing protocol?)');
  if ((args.port_forward?.length ?? 0) > 1) return fail('Only one port forward supported at a time');
  const permanent = args.permanent ?? !state.running;
  const now = state.running && (args.immediate || !permanent);
  if (args.target !== null) return planTarget(args, state);
  const subject = subjectOf(args);
  if (!subject)
    return args.zone === null
      ? fail('nothing to manage: give a service, a port, a zone or another subject')
      : planZone(args, state);
  const wanted = args.state === 'enabled' || args.state === 'present';
  const meant = /^(no|false|off|0)$/i.test(args.masquerade ?? args.icmp_block_inversion ?? '') ? !wanted : wanted;
  const changes: Change[] = [];
  if (permanent && state.kept !== meant) changes.push(setSubject(args, state, subject, meant, true));
  if (now && state.now !== meant) changes.push(setSubject(args, state, subject, meant, false));
  const msg = changes.length > 0 ? `Changed ${subject.name} to ${args.state}` : '';
  return { changes, result: { msg } };
}

function command({ running }: FirewallState, permanent: boolean) {
  return running ? sh`firewall-cmd ${permanent ? ['--permanent'] : []}` : sh`firewall-offline-cmd`;
}

function setSubject(
  args: FirewallArgs,
  state: FirewallState,
  subject: Subject,
  present: boolean,
  permanent: boolean,
): Change {
  const call = sh`${command(state, permanent)} ${`--zone=${state.zone}`}`;
  const ends = !permanent && present && args.timeout > 0 ? [`--timeout=${args.timeout}`] : [];
  const [set, back] = present ? [subject.add, subject.remove] : [subject.remove, subject.add];
  const kind = permanent ? 'permanently' : 'now';
  return runChange(
    `${present ? 'add' : 'remove'} ${subject.name} in zone ${state.zone} ${kind}`,
    sh`${call} ${set} ${ends}`,
    {
      undo: sh`${call} ${back}`,
    },
  );
}

function planTarget({ target, state: wanted }: FirewallArgs, state: FirewallState): Plan {
  const goal = wanted === 'absent' || wanted === 'disabled' ? 'default' : target!;
  if (state.target === goal) return { changes: [] };
  const set = (value: string) => sh`${command(state, true)} ${`--zone=${state.zone}`} ${`--set-target=${value}`}`;
  const change = runChange(`set the target of zone ${state.zone} to ${goal}`, set(goal), { undo: set(state.target) });
  return { changes: [change], result: { msg: `Changed zone ${state.zone} to ${goal}` } };
}

function planZone({ zone, state: wanted }: FirewallArgs, state: FirewallState): Plan {
  const present = wanted === 'present' || wanted === 'enabled';
  if (state.zones.includes(zone!) === present) return { changes: [] };
  const [make, remove] = [
    sh`${command(state, true)} ${`--new-zone=${zone}`}`,
    sh`${command(state, true)} ${`--delete-zone=${zone}`}`,
  ];
  const change = present
    ? runChange(`make zone ${zone}`, make, { undo: remove })
    : runChange(`remove zone ${zone}`, remove, { undo: make });
  return { changes: [change], result: { msg: `Changed zone ${zone} to ${wanted}` } };
}
