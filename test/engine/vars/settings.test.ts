import { expect, test } from '@jest/globals';
import { loadVariables } from '../../../src/cli/run/world.ts';
import { SOURCE_DEFAULTS } from '../../../src/engine/inventory/source-settings.ts';
import type { Raw, Setting, Value } from '../../../src/engine/model/value.ts';
import { withoutSecrets } from '../../../src/engine/template/vaulted.ts';

async function scopeOf(settings: Readonly<Record<string, Value>>) {
  const setting = (name: string): Setting | undefined =>
    Object.hasOwn(settings, name) ? { value: settings[name]!, origin: 'test' } : undefined;
  const variables = await loadVariables({
    settings: { inventory: ['h,'], invalidGroupNames: 'never', sources: SOURCE_DEFAULTS },
    extraVars: new Map<string, Raw>([
      [
        'd',
        new Map<Value, Value>([
          ['high', 1],
          ['both', new Map([['x', 1]])],
        ]),
      ],
    ]),
    playbookDir: '/',
    warn: () => undefined,
    secret: () => undefined,
    decryption: withoutSecrets(),
    setting,
  });
  const { store } = variables;
  store.inventory.hosts.get('h')!.vars.set(
    'd',
    new Map<Value, Value>([
      ['low', 2],
      ['both', new Map([['y', 2]])],
    ]),
  );
  store.factsOf('h').add(
    new Map<Value, Value>([
      ['ansible_system', 'Linux'],
      ['ansible_local', 'mine'],
    ]),
  );
  return variables.hostScope('h');
}

test('a dict replaces one of lower precedence, or is merged into it', async () => {
  const high = new Map<Value, Value>([
    ['high', 1],
    ['both', new Map([['x', 1]])],
  ]);
  expect((await scopeOf({})).get('d')).toEqual(high);
  const merged = new Map<Value, Value>([
    ['low', 2],
    [
      'both',
      new Map([
        ['y', 2],
        ['x', 1],
      ]),
    ],
    ['high', 1],
  ]);
  expect((await scopeOf({ DEFAULT_HASH_BEHAVIOUR: 'merge' })).get('d')).toEqual(merged);
});

test('facts are variables of their own, unless settings do not want them', async () => {
  const plain = await scopeOf({});
  expect([plain.get('ansible_system'), plain.get('ansible_local')]).toEqual(['Linux', 'mine']);
  const without = await scopeOf({ INJECT_FACTS_AS_VARS: false });
  expect([without.get('ansible_system'), without.get('ansible_local')]).toEqual([undefined, 'mine']);
  expect(without.get('ansible_facts')).toEqual(
    new Map([
      ['system', 'Linux'],
      ['ansible_local', 'mine'],
    ]),
  );
});
