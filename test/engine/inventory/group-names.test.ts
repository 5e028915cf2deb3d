import { expect, test } from '@jest/globals';
import { addChild, createInventory, ensureGroup, ensureHost, joinGroup } from '../../../src/engine/inventory/edit.ts';
import { type InvalidGroupNames, safeGroupName, settleGroupNames } from '../../../src/engine/inventory/group-names.ts';

test.each([
  ['web', 'web'],
  ['web-1', 'web_1'],
  ['1web', '_web'],
  ['a.b c', 'a_b_c'],
  ['größe', 'größe'],
])('%s made safe is %s', (name, safe) => {
  expect(safeGroupName(name)).toBe(safe);
});

test.each<[InvalidGroupNames, string[], string[]]>([
  ['never', ['web-1'], ['but not replaced']],
  ['ignore', ['web-1'], []],
  ['always', ['web_1'], ['and automatically replaced']],
  ['silently', ['web_1'], []],
])('invalid names with %s', (how, names, warnings) => {
  const inventory = createInventory();
  for (const name of ['web-1', 'top']) ensureGroup(inventory, name);
  ensureHost(inventory, 'h');
  joinGroup(inventory, 'h', 'web-1');
  addChild(inventory, 'top', 'web-1');
  const warned: string[] = [];
  settleGroupNames(inventory, how, (message) => warned.push(message));
  expect([...inventory.groups.get('top')!.children]).toEqual(names);
  expect([...inventory.groups.get(names[0]!)!.hosts]).toEqual(['h']);
  expect([...inventory.groups.get(names[0]!)!.parents]).toEqual(['top']);
  expect([...inventory.hosts.get('h')!.groups]).toEqual(names);
  expect(warned.map((message) => /(but|and) .*replaced/.exec(message)?.[0])).toEqual(warnings);
});
