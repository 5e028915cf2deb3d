import { describe, expect, test } from '@jest/globals';
import { type Dict, dict, type Raw } from '../../../../src/engine/model/value.ts';
import { exportFacts } from '../../../../src/engine/modules/sharing/export.ts';
import type { Exchange } from '../../../../src/engine/store/exchange.ts';
import { madeExchange, madeFolder, madeShared, SERVER } from '../../store/made.ts';
import { fakeController, planOf } from '../support.ts';

interface Given {
  readonly args?: Record<string, Raw>;
  /** Shared before. */
  readonly before?: Parameters<typeof madeShared>;
}

const FACTS = { token: 'canary-1', url: 'https://s1' };

async function planned({ args = {}, before }: Given) {
  const exchange: Exchange = madeExchange(madeFolder());
  if (before) await exchange.publish(SERVER, madeShared(...before));
  const secrets: string[] = [];
  const { scope } = fakeController();
  const controller = {
    host: 's1',
    exchange: async () => exchange,
    scope: { ...scope, world: { ...scope.world, secret: (text: string) => void secrets.push(text) } },
  };
  const given = { cluster: 'prod', kind: 'server', facts: dict(FACTS), ttl: '1h', ...args };
  return { ...(await planOf(exportFacts, given, {}, controller)), secrets };
}

const SAME: Given['before'] = [FACTS, {}];

describe('export', () => {
  test.each<[string, Given, string[]]>([
    ['shares what nobody shared', {}, ['share export server of cluster prod']],
    ['leaves what is there', { before: SAME }, []],
    ['leaves the same in another order', { before: [{ url: FACTS.url, token: FACTS.token }, {}] }, []],
    ['replaces other facts', { before: [{ ...FACTS, token: 'old' }, {}] }, ['share export server of cluster prod']],
    ['says what is plain', { before: SAME, args: { plain: ['url'] } }, ['share export server of cluster prod']],
    ['takes another time to live', { before: SAME, args: { ttl: '2h' } }, ['share export server of cluster prod']],
    ['lasts for ever', { before: [FACTS, { lifetime: null }], args: { ttl: 'never' } }, []],
    ['withdraws', { before: SAME, args: { state: 'absent' } }, ['share withdraw server of cluster prod']],
    ['withdraws nothing', { args: { state: 'absent' } }, []],
  ])('%s', async (_, given, changes) => {
    expect((await planned(given)).changes).toEqual(changes);
  });

  test('renews when half of the time is over', async () => {
    const inputs = await exportFacts.prepare?.(
      fakeController({
        host: 's1',
        scope: { ...fakeController().scope, world: { secret: () => {} } as never },
        exchange: async () => {
          const exchange = madeExchange(madeFolder());
          await exchange.publish(SERVER, madeShared(FACTS));
          return exchange;
        },
      }),
      { cluster: 'prod', kind: 'server', facts: dict(FACTS), plain: [], ttl: 3600, state: 'present' },
    );
    const later = (seconds: number) =>
      exportFacts.plan({} as never, undefined, { ...inputs!, now: Date.now() + seconds * 1000 }).changes.length;
    expect([later(1700), later(1900)]).toEqual([0, 1]);
  });

  test('hides all but what is plain: by value, in the diff, and in a run that goes on', async () => {
    const { plan, secrets } = await planned({ args: { plain: ['url'], facts: dict({ ...FACTS, pin: 4711 }) } });
    expect(secrets).toEqual(['canary-1', '4711']);
    expect(plan.effects).toEqual([{ kind: 'secrets', texts: secrets }]);
    const after = plan.changes[0]?.diff?.after as Dict;
    expect(after.get('facts')).toEqual(dict({ token: '********', url: 'https://s1', pin: '********' }));
    expect(JSON.stringify(plan.result)).not.toContain('canary');
  });

  test.each<[Record<string, Raw>, string]>([
    [{ cluster: '../x' }, "cluster: '../x' is no name"],
    [{ kind: '' }, "kind: '' is no name"],
    [{ ttl: 'soon' }, "ttl: 'soon' is no time to live"],
    [{ ttl: '0' }, "ttl: '0' is no time to live"],
    [{ plain: ['port'] }, "plain: there is no fact 'port'"],
    [{ facts: dict({ big: 'x'.repeat(600_000) }) }, 'more than 512 KiB'],
  ])('refuses %j', async (args, message) => {
    await expect(planned({ args })).rejects.toThrow(message);
  });

  test('needs facts', async () => {
    const bare = planOf(exportFacts, { cluster: 'prod', kind: 'server' });
    await expect(bare).rejects.toThrow('state is present but all of the following are missing: facts');
  });
});
