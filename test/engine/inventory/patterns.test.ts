import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { addGroup, addHost, createInventory } from '../../../src/engine/inventory/edit.ts';
import { checkLimit, matchHosts } from '../../../src/engine/inventory/patterns.ts';
import type { Inventory } from '../../../src/engine/model/inventory.ts';

function makeInventory(groups: Record<string, string[]>): Inventory {
  const inventory = createInventory();
  for (const [group, hosts] of Object.entries(groups)) {
    for (const host of hosts) addHost(inventory, host, [group], new Map());
  }
  return inventory;
}

function sample(): Inventory {
  const inventory = makeInventory({
    web: ['w1', 'w2', 'w3', 'w4'],
    db: ['d1', 'w2'],
    v6: ['2001:db8::1', '10.0.0.1'],
    ungrouped: ['lone.x'],
  });
  addGroup(inventory, 'web', ['dc'], []);
  return inventory;
}

describe('matchHosts', () => {
  test.each<[string, string]>([
    ['web', 'w1 w2 w3 w4'],
    ['dc', 'w1 w2 w3 w4'],
    ['w3', 'w3'],
    ['web:db', 'w1 w2 w3 w4 d1'],
    ['db,web', 'd1 w2 w1 w3 w4'],
    [' w1 , d1 ', 'w1 d1'],
    ['web:&db', 'w2'],
    ['&db:web', 'w2'],
    ['!db:web', 'w1 w3 w4'],
    ['web,!w1,&dc', 'w2 w3 w4'],
    ['!web', 'd1 2001:db8::1 10.0.0.1 lone.x'],
    ['web[0]', 'w1'],
    ['web[-1]', 'w4'],
    ['web[1:]', 'w2 w3 w4'],
    ['web[1:2]', 'w2 w3'],
    ['web[0:0]', 'w1'],
    ['web[9:]', ''],
    ['web[0]:web[-1]', 'w1 w4'],
    ['w*', 'w1 w2 w3 w4'],
    ['w?', 'w1 w2 w3 w4'],
    ['w[12]*', 'w1 w2'],
    ['w[!12]', 'w3 w4'],
    ['*[0]', 'w1'],
    ['d*', 'd1 w2 w1 w3 w4'],
    ['*.x', 'lone.x'],
    ['~w[34]', 'w3 w4'],
    ['~^(d|w)1$', 'w1 d1'],
    ['~w.*:!db', 'w1 w3 w4'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:db8::1,d1', '2001:db8::1 d1'],
    ['10.0.0.*', '10.0.0.1'],
    ['ungrouped', 'lone.x'],
    ['', 'all'],
    ['localhost', 'localhost'],
  ])('%s', (pattern, hosts) => {
    const inventory = sample();
    const wanted = hosts === 'all' ? matchHosts(inventory, 'all').join(' ') : hosts;
    expect(matchHosts(inventory, pattern).join(' ')).toBe(wanted);
  });

  test('what matches nothing is told', () => {
    const warnings: string[] = [];
    expect(matchHosts(sample(), 'nope:web[0]:n*', { onWarning: (message) => warnings.push(message) })).toEqual(['w1']);
    expect(warnings).toEqual([
      'Could not match supplied host pattern, ignoring: nope',
      'Could not match supplied host pattern, ignoring: n*',
    ]);
  });

  test.each<[string, string]>([
    ['web[9]', "No hosts matched the subscripted pattern 'web[9]'"],
    ['~w(', 'Invalid host list pattern: ~w('],
    ['web[1', 'Invalid host list pattern: web[1'],
    ['[:db', 'Invalid host list pattern: [:db'],
  ])('%s is an error', (pattern, message) => {
    expect(() => matchHosts(sample(), pattern)).toThrow(message);
  });
});

describe('localhost', () => {
  test('is made once, and is in no group', () => {
    const inventory = sample();
    expect(matchHosts(inventory, 'localhost:127.0.0.1')).toEqual(['localhost']);
    const host = inventory.hosts.get('localhost');
    expect(host?.implicit).toBe(true);
    expect(host?.vars.get('ansible_connection')).toBe('local');
    for (const pattern of ['all', '*', 'ungrouped', '~l'])
      expect(matchHosts(inventory, pattern)).not.toContain('localhost');
  });

  test('is the one of the inventory where it has one', () => {
    const inventory = makeInventory({ web: ['127.0.0.1'] });
    expect(matchHosts(inventory, 'localhost')).toEqual(['127.0.0.1']);
    expect(inventory.hosts.get('127.0.0.1')?.implicit).toBeUndefined();
  });
});

describe('limit', () => {
  test('narrows a pattern and keeps its order', () => {
    expect(matchHosts(sample(), 'web', { limit: 'w4,w1,d1' })).toEqual(['w1', 'w4']);
    expect(matchHosts(sample(), 'all', { limit: 'web[1:]' })).toEqual(['w2', 'w3', 'w4']);
    expect(matchHosts(sample(), 'web', { limit: '!w1' })).toEqual(['w2', 'w3', 'w4']);
  });

  test('reads a file of hosts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limit-'));
    const file = join(folder, 'site.retry');
    writeFileSync(file, 'w2\n\nd1\n');
    expect(matchHosts(sample(), 'all', { limit: `@${file}` })).toEqual(['w2', 'd1']);
    rmSync(folder, { recursive: true });
    expect(() => matchHosts(sample(), 'all', { limit: `@${file}` })).toThrow(`Unable to find limit file ${file}`);
  });

  test('that leaves nobody is refused', () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    expect(() => checkLimit(sample(), 'nope', { warn, onEmpty: warn })).toThrow(
      'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    );
    expect(warnings).toEqual(['Could not match supplied host pattern, ignoring: nope']);
    expect(() => checkLimit(sample(), 'web', { warn, onEmpty: warn })).not.toThrow();
  });

  test('of an inventory without hosts is only warned of', () => {
    const warnings: string[] = [];
    checkLimit(createInventory(), 'web', { warn: () => {}, onEmpty: (message) => warnings.push(message) });
    expect(warnings).toEqual([
      "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'",
    ]);
  });
});

describe('changes at run time', () => {
  test('add_host', () => {
    const inventory = sample();
    const vars = new Map([['x', 1]]);
    expect(addHost(inventory, 'new', ['web', 'fresh'], vars)).toBe(true);
    expect(addHost(inventory, 'new', ['web'], vars)).toBe(false);
    expect(matchHosts(inventory, 'fresh:&web:&all')).toEqual(['new']);
    expect(inventory.groups.get('ungrouped')?.hosts.has('new')).toBe(false);
    expect(inventory.groups.get('fresh')?.parents).toEqual(new Set(['all']));
  });

  test('group_by', () => {
    const inventory = sample();
    expect(addGroup(inventory, 'os_debian', ['os'], ['w1', 'lone.x'])).toBe(true);
    expect(addGroup(inventory, 'os_debian', ['os'], ['w1'])).toBe(false);
    expect(matchHosts(inventory, 'os')).toEqual(['w1', 'lone.x']);
    expect(matchHosts(inventory, 'ungrouped')).toEqual([]);
    expect(() => addGroup(inventory, 'os', ['os_debian'], [])).toThrow('creates a recursive dependency loop');
  });
});
