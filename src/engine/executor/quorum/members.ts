import { matchHosts } from '../../inventory/patterns/match.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Play } from '../../model/playbook.ts';
import type { Position } from '../../model/source.ts';
import type { Scope } from '../../model/value.ts';
import { evaluate } from '../../template/compile.ts';
import { pyStr } from '../../template/values.ts';
import { patternOf } from '../play-hosts.ts';

/** A group of which so many must stay up. */
export interface Members {
  /** Its pattern. */
  readonly group: string;
  readonly names: readonly string[];
  readonly needed: number;
  readonly position: Position;
}

/** The group that the play must not take down; those that `--limit` leaves out are members too. Throws TsplayError. */
export function membersOf(play: Play, inventory: Inventory, scope: Scope): Members {
  const { quorum } = play;
  const group = patternOf(quorum?.group ?? play.hosts, scope);
  const names = matchHosts(inventory, group);
  const position = quorum?.position ?? play.position;
  if (names.length === 0) throw new TsplayError('play', `quorum: there are no hosts in ${group}`, { position });
  const needs = quorum?.needs === undefined ? 'majority' : pyStr(evaluate(quorum.needs, scope)).trim();
  const needed = needs === 'majority' ? Math.floor(names.length / 2) + 1 : Number(needs);
  if (!/^(?:majority|\d{1,6})$/.test(needs) || needed > names.length) {
    throw new TsplayError('play', `quorum: ${needs} of the ${names.length} members of ${group} cannot be needed`, {
      position,
      hint: 'needs: is a number of hosts, or majority',
    });
  }
  return { group, names, needed, position };
}

/** Why a batch must not begin while these hosts are down; undefined if it may. */
export function refusal(
  { group, names, needed }: Members,
  batch: readonly string[],
  down: Iterable<string>,
): string | undefined {
  const taken = names.filter((name) => batch.includes(name));
  const lost = new Set([...down].filter((name) => names.includes(name) && !batch.includes(name)));
  const left = names.length - taken.length - lost.size;
  if (taken.length === 0 || left >= needed) return undefined;
  const already = lost.size > 0 ? `, with ${[...lost].join(', ')} down already,` : '';
  const verb = taken.length === 1 ? 'leaves' : 'leave';
  const are = needed === 1 ? '1 is' : `${needed} are`;
  const what = `${taken.length} of ${names.length} members of ${group} in one batch (${taken.join(', ')})`;
  return `${what}${already} ${verb} ${left}; ${are} needed`;
}

/** What would be right. */
export function advice({ names, needed }: Members): string {
  const spare = names.length - needed;
  if (spare > 0) return `the group can spare ${spare}: serial: ${spare === 1 ? 1 : `1 to ${spare}`}`;
  return `a group of ${names.length} can spare none: add members, or say what it \`needs\``;
}
