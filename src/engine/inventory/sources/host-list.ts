import { parseAddress } from '../address.ts';
import { addHosts, type SourceContext } from './source.ts';

/** Reads `host1,host2:2222,`; what is no address counts as a name as it stands. */
export function readHostList(context: SourceContext, list: string): void {
  for (const entry of list.split(',')) {
    const text = entry.trim();
    if (text === '') continue;
    const address = text.includes('[') && !/^\[[^\]]+\]:\d+$/.test(text) ? undefined : parseAddress(text);
    const name = address?.host ?? text;
    if (context.inventory.hosts.has(name)) continue;
    addHosts(context, 'ungrouped', { names: [name], port: address?.port }, new Map());
  }
}
