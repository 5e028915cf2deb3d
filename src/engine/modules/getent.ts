import { dict, type Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { linesOf } from './text-file.ts';
import type { Plan } from './types.ts';

const colonDatabases = new Set(['passwd', 'shadow', 'group', 'gshadow']);

const problems: Readonly<Record<number, string>> = {
  1: 'Missing arguments, or database unknown.',
  2: 'One or more supplied key could not be found in the database.',
  3: 'Enumeration not supported on this database.',
};

export const getent = defineModule({
  name: 'getent',
  collection: 'ansible.builtin',
  summary: "Look into the host's databases of names",
  args: {
    database: { type: 'str', required: true, doc: 'The database: passwd, group, hosts, ...' },
    key: { type: 'str', doc: 'The entry; by default all.' },
    service: { type: 'str', doc: 'The source to ask: files, ldap, ...' },
    split: { type: 'str', doc: 'What stands between fields.' },
    fail_key: { type: 'bool', default: true, doc: 'Fail if there is no such entry.' },
  },
  async inspect(host, { database, key, service }) {
    const from = service === null ? [] : ['-s', service];
    const { rc, stdout } = await host.query(sh`getent ${database} ${key === null ? [] : [key]} ${from}`);
    return { rc, output: stdout.toString('utf8') };
  },
  plan({ database, key, split, fail_key }, { rc, output }): Plan {
    const name = `getent_${database}`;
    if (rc === 0) {
      return found(name, entriesOf(output, split ?? (colonDatabases.has(database) ? ':' : undefined)));
    }
    const message = problems[rc] ?? 'Unexpected failure!';
    if (rc !== 2 || fail_key || key === null) return { changes: [], failed: message };
    const plan = found(name, new Map([[key, null]]));
    return { ...plan, result: { ...plan.result, msg: message } };
  },
  examples: '- getent: {database: passwd, key: root}',
});

function found(name: string, entries: Map<Value, Value>): Plan {
  const facts = new Map([[name, entries]]);
  return {
    changes: [],
    result: { ansible_facts: dict({ [name]: entries }) },
    effects: [
      { kind: 'host-facts', facts },
      { kind: 'facts', facts, cacheable: false },
    ],
  };
}

/** Fields after the first, by the first; a list of such where it stands there more than once. */
function entriesOf(output: string, split: string | undefined): Map<Value, Value> {
  const records = new Map<string, string[][]>();
  for (const line of linesOf(output)) {
    const [key = '', ...fields] = split === undefined ? line.trim().split(/\s+/) : line.split(split);
    records.set(key, [...(records.get(key) ?? []), fields]);
  }
  return new Map([...records].map(([key, all]) => [key, all.length === 1 ? all[0]! : all]));
}
