import { dict, type Value } from '../../../model/value.ts';
import type { Facts } from '../collector.ts';
import { type Gathered, lines } from '../gathered.ts';

/** Memory in MiB, from /proc/meminfo. */
export function memoryFacts(host: Gathered): Facts {
  const text = host.file('/proc/meminfo');
  if (text === undefined) return {};
  const sizes = new Map<string, number>();
  for (const line of lines(text)) {
    const [, name, kib] = /^(\w+):\s+(\d+)/.exec(line) ?? [];
    if (name !== undefined) sizes.set(name, Math.floor(Number(kib) / 1024));
  }
  const size = (name: string): Value => sizes.get(name) ?? null;
  const sum = (...terms: (readonly [string, 1 | -1])[]): Value =>
    terms.every(([name]) => sizes.has(name))
      ? terms.reduce((total, [name, sign]) => total + sign * sizes.get(name)!, 0)
      : null;
  const facts: Facts = {};
  for (const name of ['MemTotal', 'MemFree', 'SwapTotal', 'SwapFree']) {
    if (sizes.has(name)) facts[`${name.toLowerCase()}_mb`] = size(name);
  }
  facts['memory_mb'] = dict({
    real: dict({ total: size('MemTotal'), used: sum(['MemTotal', 1], ['MemFree', -1]), free: size('MemFree') }),
    nocache: dict({
      free: sum(['Cached', 1], ['MemFree', 1], ['Buffers', 1]),
      used: sum(['MemTotal', 1], ['Cached', -1], ['MemFree', -1], ['Buffers', -1]),
    }),
    swap: dict({
      total: size('SwapTotal'),
      free: size('SwapFree'),
      used: sum(['SwapTotal', 1], ['SwapFree', -1]),
      cached: size('SwapCached'),
    }),
  });
  return facts;
}
