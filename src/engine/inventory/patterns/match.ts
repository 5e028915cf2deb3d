import { TsplayError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { hostsOf } from '../groups.ts';
import { isLocalName, localhostOf } from '../localhost.ts';
import { readLimit } from './limit.ts';
import { nameTest } from './name-test.ts';
import { orderPatterns, splitPattern } from './split.ts';

const SUBSCRIPT = /^(.+)\[(?:(-?[0-9]+)|([0-9]+)([:-])([0-9]*))\]$/s;

export interface MatchOptions {
  /** What `--limit` says: of the hosts, those that match it too. */
  readonly limit?: string | undefined;
  /** Told of patterns that match nothing. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * Names of the hosts that a pattern means, each once, in Ansible's order: first what the plain patterns name, then
 * `&` narrows it and `!` takes away. A play on `localhost` makes the controller a host. Throws TsplayError.
 */
export function matchHosts(inventory: Inventory, pattern: string, { limit, onWarning }: MatchOptions = {}): string[] {
  const warn = onWarning ?? (() => {});
  const hosts = evaluate(inventory, splitPattern(pattern), warn);
  if (limit === undefined) return hosts;
  const allowed = new Set(evaluate(inventory, readLimit(limit), warn));
  return hosts.filter((name) => allowed.has(name));
}

function evaluate(inventory: Inventory, patterns: readonly string[], warn: (message: string) => void): string[] {
  const { unions, intersections, exclusions } = orderPatterns(patterns);
  const find = (pattern: string) => matchOne(inventory, pattern, warn);
  const hosts = new Set(unions.flatMap(find));
  for (const pattern of intersections) {
    const others = new Set(find(pattern));
    for (const name of hosts) if (!others.has(name)) hosts.delete(name);
  }
  for (const pattern of exclusions) for (const name of find(pattern)) hosts.delete(name);
  return [...hosts];
}

function matchOne(inventory: Inventory, pattern: string, warn: (message: string) => void): string[] {
  if (isSourceHost(inventory, pattern)) return [pattern];
  const [, expression, index, start, sign, end] = pattern.startsWith('~') ? [] : (SUBSCRIPT.exec(pattern) ?? []);
  const hosts = enumerate(inventory, expression ?? pattern, warn);
  if (expression === undefined || hosts.length === 0) return hosts;
  if (sign === '-') warn('Use [x:y] inclusive subscripts instead of [x-y] which has been removed');
  if (index === undefined && end !== '0') {
    return hosts.slice(Number(start), end ? Number(end) + 1 : undefined);
  }
  const host = hosts.at(Number(index ?? start));
  if (host !== undefined) return [host];
  throw new TsplayError('inventory', `No hosts matched the subscripted pattern '${pattern}'`, {
    hint: `"${expression}" has ${hosts.length} hosts, and the first is [0]`,
  });
}

function isSourceHost(inventory: Inventory, name: string): boolean {
  const host = inventory.hosts.get(name);
  return host !== undefined && !host.implicit;
}

/** Hosts of the groups that match, and hosts that match themselves where no group does or the pattern is a glob. */
function enumerate(inventory: Inventory, pattern: string, warn: (message: string) => void): string[] {
  const test = nameTest(pattern);
  const groups = [...inventory.groups.values()].filter(({ name }) => test(name));
  const hosts = groups.flatMap((group) => hostsOf(inventory, group));
  if (groups.length === 0 || pattern.startsWith('~') || /[.?*[]/.test(pattern)) {
    for (const name of inventory.hosts.keys()) if (isSourceHost(inventory, name) && test(name)) hosts.push(name);
  }
  if (hosts.length === 0 && isLocalName(pattern)) return [localhostOf(inventory, pattern).name];
  if (hosts.length === 0 && groups.length === 0) mismatch(inventory, pattern, warn);
  return [...new Set(hosts)];
}

function mismatch({ onMismatch }: Inventory, pattern: string, warn: (message: string) => void): void {
  const message = `Could not match supplied host pattern, ignoring: ${pattern}`;
  if (onMismatch === 'error') throw new TsplayError('inventory', message);
  if (onMismatch !== 'ignore') warn(message);
}
