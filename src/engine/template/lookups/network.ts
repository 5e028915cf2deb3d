import type { Lookups } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { runChild } from './child.ts';
import { textOption } from './options.ts';

const RESOLVE = `
const { Resolver } = require('node:dns').promises;
const resolver = new Resolver({ timeout: 5000, tries: 2 });
if (input.servers.length > 0) resolver.setServers(input.servers);
const missing = (error) => { if (['ENODATA', 'ENOTFOUND'].includes(error.code)) return []; throw error; };
const records = input.type === 'PTR' ? await resolver.reverse(input.name).catch(missing) : await resolver.resolve(input.name, input.type).catch(missing);
answer(JSON.stringify(records));`;

const RECORD_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SRV', 'TXT'];
const DNS_SECONDS = 30;

export const lookups: Lookups = {
  dig(terms, options) {
    const words = terms.map(pyStr);
    const servers = words.filter((word) => word.startsWith('@')).flatMap((word) => word.slice(1).split(','));
    let type = textOption(options, 'qtype', 'A');
    const names: string[] = [];
    for (const word of words) {
      const [, name, value] = /^(\w+)=(.*)$/.exec(word) ?? [];
      if (name === 'qtype') type = value!;
      else if (name === undefined && !word.startsWith('@')) names.push(word);
    }
    return names.flatMap((name) => resolve(name, type, servers));
  },
};

/** `name`, or `name/TYPE`. Records as text: `10 mail.example.com`, TXT without quotes. */
function resolve(term: string, fallbackType: string, servers: readonly string[]): string[] {
  const [name = '', slashed] = term.split('/');
  const type = (slashed ?? fallbackType).toUpperCase();
  if (!RECORD_TYPES.includes(type))
    return fail(`the dig lookup does not ask for ${type} records`, `known are ${RECORD_TYPES.join(', ')}`);
  const input = { name: name.replace(/\.$/, ''), type, servers };
  const answer = runChild(RESOLVE, input, DNS_SECONDS, `the dig lookup of ${name}`);
  const records = (JSON.parse(answer) as (string | string[] | Record<string, string | number>)[]).map(formatRecord);
  return records.length > 0 ? records : ['NXDOMAIN'];
}

function formatRecord(record: string | string[] | Record<string, string | number>): string {
  if (typeof record === 'string') return record;
  if (Array.isArray(record)) return record.join('');
  if ('exchange' in record) return `${record['priority']} ${record['exchange']}.`;
  if ('port' in record) return `${record['priority']} ${record['weight']} ${record['port']} ${record['name']}.`;
  return Object.values(record).join(' ');
}
