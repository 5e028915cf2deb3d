import { Undefined, type Value } from '../../model/value.ts';
import { shellPattern } from '../shell-pattern.ts';
import type { Lookups } from '../types.ts';
import { iterate, pyStr } from '../values.ts';

export const lookups: Lookups = {
  /** Hosts of a pattern: groups, hosts and wildcards, with `!` and `&`. What matches nothing gives nothing. */
  inventory_hostnames(terms, _options, { scope }) {
    const groups = scope.get('groups');
    if (!(groups instanceof Map)) return [];
    const words = terms.flatMap((term) => pyStr(term).split(/[,:]/)).map((word) => word.trim());
    const named = (word: string) => hostsOf(word, groups);
    const plain = words.filter((word) => word !== '' && !/^[!&]/.test(word));
    const all = new Set((plain.length > 0 ? plain : ['all']).flatMap(named));
    const required = words.filter((word) => word.startsWith('&')).map((word) => new Set(named(word.slice(1))));
    const excluded = new Set(words.filter((word) => word.startsWith('!')).flatMap((word) => named(word.slice(1))));
    return [...all].filter((host) => !excluded.has(host) && required.every((hosts) => hosts.has(host)));
  },
};

function hostsOf(word: string, groups: Map<Value, Value>): string[] {
  const matches = shellPattern(word === '*' ? 'all' : word);
  const hosts: string[] = [];
  for (const [name, members] of groups) {
    if (members instanceof Undefined) continue;
    const list = iterate(members).map(pyStr);
    hosts.push(...(matches.test(pyStr(name)) ? list : list.filter((host) => matches.test(host))));
  }
  return hosts;
}
