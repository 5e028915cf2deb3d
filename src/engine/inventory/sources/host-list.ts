import { TsplayError } from '../../model/errors.ts';
import { parseAddress } from '../address.ts';
import { expandHosts } from '../host-range.ts';
import { addHosts, failSource, type SourceContext } from './source.ts';

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

/** Reads `web[1:9],db`. A range that lacks a part stands for itself; one of neither numbers nor letters is refused. */
export function readAdvancedHostList(context: SourceContext, list: string): void {
  for (const entry of list.split(',')) {
    const text = entry.trim();
    if (text === '') continue;
    const { names, port } = expanded(context, text);
    for (const name of names) {
      if (!context.inventory.hosts.has(name)) addHosts(context, 'ungrouped', { names: [name], port }, new Map());
    }
  }
}

const MIXED_RANGE = /\[(?:\d+:[A-Za-z]+|[A-Za-z]+:\d+)/;

function expanded({ onWarning }: SourceContext, text: string): { names: string[]; port: number | undefined } {
  const position = { file: text, line: 1, column: 1 };
  if (MIXED_RANGE.test(text)) failSource(`Failed to parse ${text}, with advanced_host_list`, position);
  try {
    return expandHosts(text, position);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    onWarning(`${text}: ${error.message}`);
    onWarning(`Unable to parse address from hostname, leaving unchanged: ${text}`);
    return { names: [text], port: undefined };
  }
}
