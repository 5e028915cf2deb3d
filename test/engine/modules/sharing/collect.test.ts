import { describe, expect, test } from '@jest/globals';
import { dict, type Raw, type Value } from '../../../../src/engine/model/value.ts';
import { collect } from '../../../../src/engine/modules/sharing/collect.ts';
import { madeExchange, madeFolder, madeShared } from '../../store/made.ts';
import { fakeController, planOf } from '../support.ts';

const GROUPS = dict({ servers: ['s1', 's2'], agents: ['a1'] });

async function collected(args: Record<string, Raw>, shared: readonly string[] = ['s1', 's2', 'far']) {
  const exchange = madeExchange(madeFolder());
  for (const owner of shared) {
    const facts = { token: `canary-${owner}`, url: `https://${owner}` };
    await exchange.publish({ cluster: 'prod', kind: 'server', owner }, madeShared(facts, { plain: ['url'] }));
  }
  const { scope } = fakeController();
  const secrets: string[] = [];
  const world = { ...scope.world, secret: (text: string) => void secrets.push(text) };
  const get = (name: string): Value | undefined => (name === 'groups' ? GROUPS : undefined);
  const controller = { exchange: async () => exchange, scope: { ...scope, get, world } };
  const { plan } = await planOf(collect, { cluster: 'prod', kind: 'server', ...args }, {}, controller);
  return { plan, secrets, hosts: plan.result?.['hosts'] };
}

describe('collect', () => {
  test.each<[Record<string, Raw>, string[]]>([
    [{}, ['far', 's1', 's2']],
    [{ from: ['all'] }, ['far', 's1', 's2']],
    [{ from: ['any', '!s1'] }, ['far', 's2']],
    [{ from: 's1,far' }, ['far', 's1']],
    [{ from: ['servers'] }, ['s1', 's2']],
    [{ from: ['s*', '!s2'] }, ['s1']],
    [{ from: ['~s[12]$'] }, ['s1', 's2']],
    [{ from: ['servers'], at_least: 'all' }, ['s1', 's2']],
    [{ cluster: 'test', at_least: 0 }, []],
  ])('%j', async (args, hosts) => {
    const found = await collected(args);
    expect(found.hosts).toEqual(hosts);
    expect(found.plan).toMatchObject({ changed: false, changes: [] });
    expect(found.plan.failed).toBeUndefined();
  });

  test('gives facts with where they are from, secrets hidden also in a run that goes on', async () => {
    const { plan, secrets } = await collected({ from: 's1' });
    const [entry] = (plan.result?.['entries'] ?? []) as ReadonlyMap<string, Value>[];
    expect(entry?.get('facts')).toEqual(dict({ token: 'canary-s1', url: 'https://s1' }));
    expect([...(entry?.keys() ?? [])]).toEqual(['host', 'facts', 'digest', 'time', 'expires', 'controller', 'run']);
    expect(secrets).toEqual(['canary-s1']);
    expect(plan.effects).toEqual([{ kind: 'secrets', texts: ['canary-s1'] }]);
  });

  test.each<[Record<string, Raw>, string]>([
    [{ cluster: 'test' }, 'server of cluster test was shared by 0 hosts, and 1 is needed (store: '],
    [{ at_least: 4 }, 'shared by 3 hosts, and 4 are needed (store: '],
    [{ from: ['servers', 'a1'], at_least: 'all' }, 'shared by 2 hosts, and 3 are needed; missing: a1 (store'],
  ])('fails with too few: %j', async (args, message) => {
    const { plan } = await collected(args);
    expect(plan.failed).toContain(message);
    expect(plan.uncertain).toContain('what others export as server');
  });

  test.each<[Record<string, Raw>, string]>([
    [{ at_least: 'some' }, "at_least: 'some' is no number of hosts"],
    [{ at_least: 'all' }, "at_least: 'all' is no number of hosts"],
    [{ kind: 'a/b' }, "kind: 'a/b' is no name"],
    [{ from: ['~['] }, 'Invalid host list pattern'],
  ])('refuses %j', async (args, message) => {
    await expect(collected(args)).rejects.toThrow(message);
  });
});
