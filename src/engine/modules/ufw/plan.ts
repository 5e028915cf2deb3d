import type { Change, Diff, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import type { UfwArgs } from './args.ts';
import { isSame, parseTuples, type Tuple, tupleText, wantedTuples } from './tuple.ts';

/** ufw's files, as far as they are there, and whether its rules are in the kernel. */
export interface UfwState {
  readonly installed: boolean;
  readonly active: boolean;
  readonly rules: string;
  readonly rules6: string;
  /** ufw.conf */
  readonly config: string;
  /** default/ufw */
  readonly defaults: string;
  readonly services: string;
}

interface Order {
  /** Words after `ufw`. */
  readonly words: readonly string[];
  readonly undo?: readonly string[];
  readonly diff?: Diff;
  /** Only the words in a file become ufw's own: nothing that counts as a change. */
  readonly quiet?: boolean;
}

export function planUfw(args: UfwArgs, state: UfwState): Plan {
  if (!state.installed) return { changes: [], failed: 'Failed to find required executable "ufw" in paths' };
  const problem = refusal(args);
  if (problem !== undefined) return { changes: [], failed: problem };
  const orders = [
    stateOrder(args, state),
    defaultOrder(args, state),
    ruleOrder(args, state),
    loggingOrder(args, state),
  ];
  const due = orders.filter((order) => order !== undefined);
  return {
    changes: due.map(changeOf),
    changed: due.some(({ quiet }) => !quiet),
    result: { commands: due.map(({ words }) => `ufw ${words.join(' ')}`) },
  };
}

function changeOf({ words, undo, diff }: Order): Change {
  return runChange(`ufw ${words.join(' ')}`, ufw(words), {
    ...(undo && { undo: ufw(undo) }),
    ...(diff && { diff }),
  });
}

const asking = new Set(['enable', 'disable', 'reset', 'delete']);

function ufw(words: readonly string[]): Script {
  // these would ask before they act; the others do not know the option
  const force = words.slice(0, 2).some((word) => asking.has(word)) ? ['--force'] : [];
  return sh`LC_ALL=C ufw ${force} ${words}`;
}

function refusal(args: UfwArgs): string | undefined {
  const { direction } = args;
  if (args.default !== null && (direction === 'in' || direction === 'out')) {
    return 'For default, direction must be one of "outgoing", "incoming" and "routed", or direction must not be specified.';
  }
  if (args.rule === null) return undefined;
  if (direction !== null && direction !== 'in' && direction !== 'out') {
    return 'For rules, direction must be one of "in" and "out", or direction must not be specified.';
  }
  const twoSides = args.interface_in !== null && args.interface_out !== null;
  return !args.route && twoSides ? 'Only route rules can combine interface_in and interface_out' : undefined;
}

function setting(text: string, name: string): string {
  return new RegExp(`^${name}="?([^"\\n]*)"?`, 'm').exec(text)?.[1]?.trim() ?? '';
}

function stateOrder({ state: wanted }: UfwArgs, { config, active }: UfwState): Order | undefined {
  if (wanted === null) return undefined;
  if (wanted === 'reloaded') return { words: ['reload'] };
  if (wanted === 'reset') return { words: ['reset'] };
  const enabled = setting(config, 'ENABLED').toLowerCase() === 'yes';
  const shown = (on: boolean) => `Status: ${on ? 'active' : 'inactive'}\n`;
  if (wanted === 'enabled') {
    if (enabled && active) return undefined;
    return { words: ['enable'], undo: ['disable'], diff: { before: shown(false), after: shown(true) } };
  }
  if (!enabled && !active) return undefined;
  return { words: ['disable'], undo: ['enable'], diff: { before: shown(true), after: shown(false) } };
}

const policies = { allow: 'ACCEPT', deny: 'DROP', reject: 'REJECT' } as const;
const chains = { incoming: 'INPUT', outgoing: 'OUTPUT', routed: 'FORWARD' } as const;

function defaultOrder(args: UfwArgs, { defaults }: UfwState): Order | undefined {
  if (args.default === null) return undefined;
  const direction = args.direction === 'outgoing' || args.direction === 'routed' ? args.direction : 'incoming';
  const name = `DEFAULT_${chains[direction]}_POLICY`;
  const current = setting(defaults, name);
  if (current === policies[args.default]) {
    const own = defaults.split('\n').includes(`${name}="${current}"`);
    return own ? undefined : { words: ['default', args.default, direction], quiet: true };
  }
  const before = (Object.keys(policies) as (keyof typeof policies)[]).find((name) => policies[name] === current);
  const words = (policy: string) => ['default', policy, direction];
  return {
    words: words(args.default),
    ...(before && { undo: words(before) }),
    diff: { before: `${direction}: ${before ?? current}\n`, after: `${direction}: ${args.default}\n` },
  };
}

function loggingOrder({ logging }: UfwArgs, { config }: UfwState): Order | undefined {
  if (logging === null) return undefined;
  const current = setting(config, 'LOGLEVEL') || 'low';
  if (logging === 'on' ? current !== 'off' : logging === current) return undefined;
  return {
    words: ['logging', logging],
    undo: ['logging', current],
    diff: { before: `logging: ${current}\n`, after: `logging: ${logging}\n` },
  };
}

function ruleOrder(args: UfwArgs, state: UfwState): Order | undefined {
  if (args.rule === null) return undefined;
  const { v4, v6 } = wantedTuples(args, state.services);
  const ipv6 = setting(state.defaults, 'IPV6').toLowerCase() === 'yes';
  const wanted: (readonly [Tuple, readonly Tuple[]])[] = [];
  if (v4) wanted.push([v4, parseTuples(state.rules)]);
  if (v6 && (ipv6 || !v4)) wanted.push([v6, parseTuples(state.rules6)]);
  const ignoreComment = args.delete && args.comment === null;
  const has = ([tuple, others]: readonly [Tuple, readonly Tuple[]]) =>
    others.some((other) => isSame(tuple, other, ignoreComment));
  const due = wanted.filter((one) => has(one) === args.delete);
  if (due.length === 0) return undefined;
  const text = due.map(([tuple]) => tupleText(tuple)).join('');
  const added = { words: ruleWords(args, state, false), undo: ruleWords({ ...args, insert: null }, state, true) };
  return args.delete
    ? { words: added.undo, undo: added.words, diff: { before: text, after: '' } }
    : { ...added, diff: { before: '', after: text } };
}

/** `[route] [delete | insert N] allow [in|out] [on IF] [log] from A [port P] to B [port Q] [proto X] [app Y]` */
function ruleWords(args: UfwArgs, state: UfwState, remove: boolean): string[] {
  const place = remove ? undefined : insertPlace(args, state);
  const pair = (word: string, value: string | null) => (value === null ? [] : [word, value]);
  return [
    ...(args.route ? ['route'] : []),
    ...(remove ? ['delete'] : place === undefined ? [] : ['insert', String(place)]),
    args.rule!,
    ...(args.direction === null ? [] : [args.direction]),
    ...pair('on', args.interface),
    ...(args.interface_in === null ? [] : ['in', 'on', args.interface_in]),
    ...(args.interface_out === null ? [] : ['out', 'on', args.interface_out]),
    ...(args.log ? ['log'] : []),
    'from',
    args.from_ip,
    ...pair('port', args.from_port),
    'to',
    args.to_ip,
    ...pair('port', args.to_port),
    ...pair('proto', args.proto),
    ...pair('app', args.name),
    ...(args.comment === null || remove ? [] : ['comment', args.comment]),
  ];
}

/** The number to insert at: ufw counts IPv4 rules first. Undefined (at the end) beyond the last. */
function insertPlace({ insert, insert_relative_to: base }: UfwArgs, state: UfwState): number | undefined {
  if (insert === null) return undefined;
  if (base === 'zero') return insert;
  const [four, six] = [parseTuples(state.rules).length, parseTuples(state.rules6).length];
  const starts = {
    'first-ipv4': 1,
    'last-ipv4': four || 1,
    'first-ipv6': four + 1,
    'last-ipv6': six ? four + six : four + 1,
  };
  const place = insert + starts[base];
  return place > four + six ? undefined : place;
}

export function reportUfw(args: UfwArgs, state: UfwState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes } = planUfw(args, state);
  const failure = failedChange(changes, outcomes);
  if (failure) return { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) };
  return outcomes.length ? { result: { msg: outcomes.map(({ stdout }) => textOf(stdout)).join('\n') } } : {};
}
