import { TsplayError } from '../../model/errors.ts';
import type { Group, Inventory } from '../../model/inventory.ts';
import type { Dict } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import { type PrintOptions, plainGroupVars, plainHostVars } from './plain.ts';

export interface GraphOptions extends PrintOptions {
  /** Variables too (`--vars`). */
  readonly vars?: boolean | undefined;
}

/** A group and all below it as a tree (`inventory --graph`). Throws TsplayError if there is no such group. */
export function printGraph(inventory: Inventory, top: string, options: GraphOptions): string {
  const group = inventory.groups.get(top);
  if (group) return groupLines(inventory, group, options, 0).join('\n');
  throw new TsplayError('usage', 'Pattern must be valid group name when using --graph', {
    hint: `there is no group "${top}"`,
  });
}

function groupLines(inventory: Inventory, group: Group, options: GraphOptions, depth: number): string[] {
  const hosts = group.name === 'all' ? [] : [...group.hosts];
  return [
    branch(`@${group.name}:`, depth),
    ...[...group.children].flatMap((name) => groupLines(inventory, inventory.groups.get(name)!, options, depth + 1)),
    ...hosts.flatMap((name) => [
      branch(name, depth + 1),
      ...(options.vars ? varLines(plainHostVars(name, options), depth + 2) : []),
    ]),
    ...(options.vars ? varLines(plainGroupVars(group, options), depth + 1) : []),
  ];
}

function varLines(vars: Dict, depth: number): string[] {
  return [...vars]
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .map(([name, value]) => branch(`{${String(name)} = ${pyStr(value)}}`, depth));
}

function branch(text: string, depth: number): string {
  return depth === 0 ? text : `${'  |'.repeat(depth)}--${text}`;
}
