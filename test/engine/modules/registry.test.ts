import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { moduleTable } from '../../../src/engine/modules/index.ts';
import { findModule, moduleNames, resolveAction, suggestAction } from '../../../src/engine/modules/registry.ts';

test.each(moduleTable.map((entry) => [entry.name, entry] as const))('%s: table and file agree', async (name, entry) => {
  const definition = await entry.load();
  const deferred = Object.keys(definition.args).filter((key) => definition.args[key]!.deferred);
  expect({
    name: definition.name,
    collection: definition.collection,
    freeForm: definition.freeForm,
    deferred: deferred.sort(),
  }).toEqual({
    name,
    collection: entry.collection ?? 'ansible.builtin',
    freeForm: entry.freeForm,
    deferred: [...(entry.deferred ?? [])].sort(),
  });
});

test('the table is sorted and names nothing twice', () => {
  const names = moduleTable.map((entry) => entry.name);
  expect(names).toEqual([...new Set(names)].sort());
});

test('every module file stands in the table', () => {
  const folder = new URL('../../../src/engine/modules/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'define.ts');
  const modules = files.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes('defineModule({'));
  const names = new Set(moduleTable.map((entry) => `${entry.name.replaceAll('_', '-')}.ts`));
  expect(modules.filter((name) => !names.has(name))).toEqual([]);
});

test.each([
  ['ping', 'ping'],
  ['ansible.builtin.ping', 'ping'],
  ['ansible.legacy.ping', 'ping'],
  ['community.general.ping', undefined],
  ['pong', undefined],
])('%s is found as %s', async (written, name) => {
  expect(resolveAction(written)?.name).toBe(name);
  expect((await findModule(written))?.name).toBe(name);
});

test('names for did-you-mean', () => {
  expect(moduleNames()).toContain('ping');
  expect([suggestAction('pnig'), suggestAction('ansible.builtin.pnig'), suggestAction('zzzzzz')]).toEqual([
    'ping',
    'ansible.builtin.ping',
    undefined,
  ]);
});
