import { type Dict, dict, type Value } from '../../../model/value.ts';
import type { Collector } from '../collector.ts';
import { lines, words } from '../gathered.ts';

/** /etc/resolv.conf. */
export const dns: Collector = {
  name: 'dns',
  files: ['/etc/resolv.conf'],
  parse(host) {
    const nameservers: string[] = [];
    const found: Record<string, Value> = {};
    for (const line of lines(host.file('/etc/resolv.conf'))) {
      if (/^[#;]/.test(line)) continue;
      const [keyword, ...values] = words(line);
      if (keyword === 'nameserver') nameservers.push(...values);
      else if (keyword === 'domain' && values[0]) found['domain'] = values[0];
      else if (keyword === 'search' || keyword === 'sortlist') found[keyword] = values;
      else if (keyword === 'options') found['options'] = options(values);
    }
    return { dns: dict(nameservers.length ? { nameservers, ...found } : found) };
  },
};

function options(values: readonly string[]): Dict {
  return new Map(
    values.map((word) => {
      const at = word.indexOf(':');
      return at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1) || true];
    }),
  );
}
