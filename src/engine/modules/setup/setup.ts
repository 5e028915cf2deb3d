import { type Dict, dict, type Value } from '../../model/value.ts';
import { defineModule } from '../define.ts';
import type { Facts } from './collector.ts';
import { localWarnings } from './collectors/local.ts';
import { collectors, minimal } from './collectors.ts';
import { filterFacts } from './filter.ts';
import { Gathered } from './gathered.ts';
import { gatheringScript } from './script.ts';
import { BadSubset, selectCollectors } from './subset.ts';

export const setup = defineModule({
  name: 'setup',
  collection: 'ansible.builtin',
  summary: 'Gather facts about a host',
  args: {
    gather_subset: {
      type: 'list',
      elements: 'str',
      default: ['all'],
      doc: 'Groups of facts to gather; `!group` leaves one out, `!all` all but the minimal ones.',
    },
    gather_timeout: { type: 'int', default: 10, doc: 'Seconds to wait for a remote file system.' },
    filter: { type: 'list', elements: 'str', default: [], doc: 'Names (shell patterns) of facts to return.' },
    fact_path: {
      type: 'path',
      default: '/etc/ansible/facts.d',
      doc: 'Folder of `*.fact` files: programs that print JSON or INI, or such text.',
    },
  },
  async inspect(host, args) {
    const chosen = choose(args.gather_subset);
    if (typeof chosen === 'string') return { failed: chosen };
    const script = gatheringScript(chosen, args.fact_path, args.gather_timeout);
    const { stdout, stderr, rc } = await host.query(script);
    return { output: stdout.toString('utf8'), failed: rc === 0 ? undefined : stderr.toString('utf8') };
  },
  plan(args, before) {
    if (before.failed !== undefined || before.output === undefined) return { changes: [], failed: before.failed };
    const found = readFacts(before.output, args.gather_subset);
    const facts = filterFacts(new Map(Object.entries(found)), args.filter);
    facts.set('gather_subset', [...args.gather_subset]);
    facts.set('module_setup', true);
    return {
      changes: [],
      result: { ansible_facts: withPrefix(facts) },
      warnings: localWarnings(found['local']),
      effects: [{ kind: 'host-facts', facts }],
    };
  },
  examples: `- setup:
    gather_subset: ['!all', network]
    filter: ['default_ipv4']`,
});

function choose(subset: readonly string[]) {
  try {
    return selectCollectors(collectors, minimal, subset);
  } catch (error) {
    if (error instanceof BadSubset) return error.message;
    throw error;
  }
}

/** Facts by their names without `ansible_`, from what the gathering script printed. */
export function readFacts(output: string, subset: readonly string[]): Facts {
  const host = new Gathered(output);
  const facts: Facts = {};
  for (const collector of selectCollectors(collectors, minimal, subset)) {
    Object.assign(facts, collector.parse(host, facts));
  }
  return facts;
}

const withoutPrefix = new Set(['gather_subset', 'module_setup']);

function withPrefix(facts: ReadonlyMap<string, Value>): Dict {
  return dict(
    Object.fromEntries([...facts].map(([name, value]) => [withoutPrefix.has(name) ? name : `ansible_${name}`, value])),
  );
}
