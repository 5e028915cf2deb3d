import type { Dict, Value } from '../../engine/model/value.ts';
import { KEYWORDS, type KeywordSpec, type Owner } from '../../engine/playbook/keywords.ts';

const SHOWN: readonly Owner[] = ['Play', 'Role', 'Block', 'Task', 'Handler'];

function shown(): KeywordSpec[] {
  return KEYWORDS.filter(({ on }) => on.some((owner) => SHOWN.includes(owner)));
}

export function keywordSummaries(): Map<string, string> {
  const rows = shown().map(({ name, doc }) => [name, doc] as const);
  return new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As `ansible-doc -t keyword` has it. */
export function keywordJson(name: string): Dict | undefined {
  const specs = shown().filter((spec) => spec.name === name);
  if (specs.length === 0) return undefined;
  const owners = SHOWN.filter((owner) => owner !== 'Handler' && specs.some(({ on }) => on.includes(owner)));
  const choices = specs.flatMap((spec) => spec.choices ?? []);
  return new Map<Value, Value>([
    ['applies_to', owners],
    ...(choices.length > 0 ? [['choices', choices] as [Value, Value]] : []),
    ['description', specs[0]!.doc],
    ['type', specs[0]!.type],
  ]);
}
