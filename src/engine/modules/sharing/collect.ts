import { TsplayError } from '../../model/errors.ts';
import { type Dict, dict, type Value } from '../../model/value.ts';
import type { Entry } from '../../store/entry.ts';
import { pyStr } from '../../template/values.ts';
import { defineModule } from '../define.ts';
import type { Plan } from '../types.ts';
import { checkNames } from './names.ts';
import { readWanted, type Wanted } from './owners.ts';
import { secretsIn } from './secrets.ts';
import { awaitEntries, missingOf } from './wait.ts';

export const collect = defineModule({
  name: 'collect',
  collection: 'tsplay.builtin',
  summary: 'Read what hosts share under the name of a cluster, or wait for it',
  controllerOnly: true,
  args: {
    cluster: { type: 'str', required: true, doc: 'Name of the cluster.' },
    kind: { type: 'str', required: true, doc: 'What is wanted: the `kind` that it was exported as.' },
    from: {
      type: 'list',
      elements: 'str',
      default: ['all'],
      doc: 'Hosts whose facts are wanted: names, globs, `~regex`, groups of the inventory; with `!` those that are not. Hosts that no inventory here knows count too.',
    },
    at_least: {
      type: 'raw',
      aliases: ['count'],
      default: 1,
      doc: 'How many hosts must have shared; `all` for each one that `from` names; 0 if none will do too.',
    },
    timeout: { type: 'int', default: 0, doc: 'Seconds to wait for that many; with 0 it is read and no more.' },
  },
  async prepare(controller, { cluster, kind, from, at_least, timeout }) {
    checkNames({ cluster, kind });
    const wanted = readWanted(from, controller.scope);
    const need = needOf(at_least, wanted);
    const exchange = await controller.exchange();
    const seconds = controller.checkMode ? 0 : Math.max(0, timeout);
    const started = Date.now();
    const within = { cluster, kind };
    const { entries, silent } = await awaitEntries(controller, exchange, { within, wanted, need, seconds });
    const secrets = [...new Set(entries.flatMap(secretsIn))];
    for (const text of secrets) controller.scope.world.secret(text);
    const elapsed = Math.floor((Date.now() - started) / 1000);
    return { entries, need, wanted, silent, secrets, elapsed, seconds, place: exchange.place };
  },
  plan({ cluster, kind }, _before, { entries, need, wanted, silent, secrets, elapsed, seconds, place }): Plan {
    const result = { entries: entries.map(asDict), hosts: entries.map(({ owner }) => owner), elapsed };
    const effects = [{ kind: 'secrets' as const, texts: secrets }];
    if (entries.length >= need) return { changes: [], changed: false, result, effects };
    const count = `${entries.length} ${entries.length === 1 ? 'host' : 'hosts'}, and ${need} ${need === 1 ? 'is' : 'are'} needed`;
    const shared = `${kind} of cluster ${cluster} was shared by ${count}`;
    const missing = missingOf(wanted.named ?? [], entries);
    const whose = missing.length > 0 ? `; missing: ${missing.join(', ')}` : '';
    const waited = seconds > 0 ? ` after ${elapsed} seconds` : '';
    const vain = silent.map(({ host, reason }) => `; ${host} will not: ${reason}`).join('');
    return {
      changes: [],
      failed: `${shared}${waited}${whose}${vain} (store: ${place})`,
      uncertain: `what others export as ${kind} of cluster ${cluster}`,
      result,
      effects,
    };
  },
  examples: `- export: {cluster: prod, kind: k3s_server, facts: {url: 'https://s1:6443'}, plain: [url]}
- collect: {cluster: prod, kind: k3s_server, at_least: 1, timeout: 300}
  register: servers
- debug: {msg: "join {{ servers.entries[0].facts.url }}"}`,
});

function needOf(atLeast: Value, { named }: Wanted): number {
  const text = pyStr(atLeast).trim();
  if (text === 'all' && named) return named.length;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new TsplayError('module', `at_least: '${text}' is no number of hosts`, {
    hint:
      text === 'all' ? 'for `all`, `from` must name each host or groups of the inventory' : 'write a number, or all',
  });
}

function asDict({ owner, facts, by, time, expires, digest }: Entry): Dict {
  return dict({
    host: owner,
    facts,
    digest,
    time: new Date(time).toISOString(),
    expires: expires === null ? null : new Date(expires).toISOString(),
    controller: by.controller,
    run: by.run ?? null,
  });
}
