import { expect, test } from '@jest/globals';
import { addGroup, addHost, createInventory, setGroupVar } from '../../../src/engine/inventory/edit.ts';
import { printGraph } from '../../../src/engine/inventory/print/graph.ts';
import { printHost } from '../../../src/engine/inventory/print/host.ts';
import { printList } from '../../../src/engine/inventory/print/list.ts';
import type { PrintOptions } from '../../../src/engine/inventory/print/plain.ts';
import { printYaml } from '../../../src/engine/inventory/print/yaml.ts';
import { Deferred, Float, type Raw, tuple, type Value } from '../../../src/engine/model/value.ts';

class Template extends Deferred {
  readonly text = '{{ x }}';
  readonly position = undefined;
  evaluate(): Value {
    throw new Error('printing evaluates nothing');
  }
}

const inventory = createInventory();
addGroup(inventory, 'web', ['dc'], []);
addHost(
  inventory,
  'w1',
  ['web'],
  new Map<string, Raw>([
    ['t', new Template()],
    ['f', new Float(1)],
    ['l', tuple([1, 2])],
  ]),
);
addHost(inventory, 'lone', [], new Map([['inventory_dir', '/x']]));
addHost(inventory, 'w2', ['web', 'db'], new Map());
setGroupVar(inventory.groups.get('web')!, 'ansible_group_priority', 5);
setGroupVar(inventory.groups.get('web')!, 'v', true);

const options: PrintOptions = {
  hostVars: (host) => inventory.hosts.get(host)!.vars,
  groupVars: (group) => inventory.groups.get(group)!.vars,
};

test('as JSON', () => {
  expect(JSON.parse(printList(inventory, options))).toEqual({
    _meta: { hostvars: { w1: { t: '{{ x }}', f: 1, l: [1, 2] } } },
    all: { children: ['ungrouped', 'dc', 'db'] },
    ungrouped: { hosts: ['lone'] },
    dc: { children: ['web'] },
    web: { hosts: ['w1', 'w2'] },
    db: { hosts: ['w2'] },
  });
  expect(printList(inventory, options)).toContain('"f": 1.0,\n                "l": [');
});

test('for export, and of some hosts', () => {
  const only = new Set(['w2']);
  expect(JSON.parse(printList(inventory, { ...options, export: true, only }))).toEqual({
    _meta: { hostvars: {} },
    all: { children: ['ungrouped', 'dc', 'db'] },
    dc: { children: ['web'] },
    web: { hosts: ['w2'], vars: { ansible_group_priority: 5, v: true } },
    db: { hosts: ['w2'] },
  });
});

test('as YAML', () => {
  expect(printYaml(inventory, { ...options, export: true })).toBe(
    [
      'all:',
      '  children:',
      '    db:',
      '      hosts:',
      '        w2: {}',
      '    dc:',
      '      children:',
      '        web:',
      '          hosts:',
      '            w1:',
      '              f: 1.0',
      '              l:',
      '              - 1',
      '              - 2',
      "              t: '{{ x }}'",
      '            w2: {}',
      '          vars:',
      '            ansible_group_priority: 5',
      '            v: true',
      '    ungrouped:',
      '      hosts:',
      '        lone: {}',
      '',
    ].join('\n'),
  );
});

test('as a tree', () => {
  expect(printGraph(inventory, 'dc', { ...options, vars: true })).toBe(
    [
      '@dc:',
      '  |--@web:',
      '  |  |--w1',
      '  |  |  |--{f = 1.0}',
      '  |  |  |--{l = (1, 2)}',
      '  |  |  |--{t = {{ x }}}',
      '  |  |--w2',
      '  |  |--{ansible_group_priority = 5}',
      '  |  |--{v = True}',
    ].join('\n'),
  );
  expect(() => printGraph(inventory, 'nope', options)).toThrow('Pattern must be valid group name');
});

test('of one host', () => {
  expect(printHost(inventory, 'web[0]', options)).toContain('"t": "{{ x }}"');
  expect(printHost(inventory, 'lone', { ...options, format: 'yaml' })).toBe('{}\n');
  expect(() => printHost(inventory, 'web', options)).toThrow('You must pass a single valid host to --host parameter');
});

test('keys that cannot be sorted stay as they are', () => {
  const odd: PrintOptions = {
    ...options,
    hostVars: () =>
      new Map<string, Raw>([
        [
          'm',
          new Map<Value, Raw>([
            ['b', 1],
            [5, 2],
          ]),
        ],
      ]),
  };
  expect(printHost(inventory, 'w1', odd)).toContain('"b": 1,\n        "5": 2');
});
