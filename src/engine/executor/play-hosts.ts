import { matchHosts } from '../inventory/patterns/match.ts';
import type { Play } from '../model/playbook.ts';
import type { Raw, Scope } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import type { RunContext } from './context.ts';
import { orderHosts } from './order.ts';

/** Whom a play is for. */
export interface PlayHosts {
  readonly pattern: string;
  /** In the order of the inventory. */
  readonly matched: readonly string[];
  /** The same in the order of the play. */
  readonly ordered: readonly string[];
}

/** The hosts of a play, as far as `--limit` leaves them. */
export function hostsOfPlay(
  { variables, emit }: Pick<RunContext, 'variables' | 'emit'>,
  play: Play,
  scope: Scope,
  limit: string | undefined,
): PlayHosts {
  const pattern = patternOf(play.hosts, scope);
  const matched = matchHosts(variables.store.inventory, pattern, {
    limit,
    onWarning: (message) => emit({ type: 'warning', message, position: play.position }),
  });
  const order = play.order === undefined ? undefined : pyStr(evaluate(play.order, scope));
  return { pattern, matched, ordered: orderHosts(matched, order) };
}

/** A pattern of hosts as one text: a list is one too. */
export function patternOf(hosts: Raw, scope: Scope): string {
  const value = evaluate(hosts, scope);
  return (Array.isArray(value) ? value : [value]).map(pyStr).join(',');
}
