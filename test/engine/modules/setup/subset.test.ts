import { describe, expect, test } from '@jest/globals';
import { dict } from '../../../../src/engine/model/value.ts';
import { collectors, minimal } from '../../../../src/engine/modules/setup/collectors.ts';
import { filterFacts } from '../../../../src/engine/modules/setup/filter.ts';
import { setup } from '../../../../src/engine/modules/setup/setup.ts';
import { selectCollectors } from '../../../../src/engine/modules/setup/subset.ts';
import { gatheringOutput } from './output.ts';

const all = collectors.map(({ name }) => name);
const least = all.filter((name) => minimal.has(name));

describe('gather_subset', () => {
  const cases: readonly (readonly [string[], string[]])[] = [
    [[], all],
    [['all'], all],
    [['!all'], least],
    [['min'], least],
    [['!all', '!min'], []],
    [['!all', 'dns', '!min'], ['dns']],
    [['!all', '!min', 'os_family'], ['distribution']],
    [
      ['!all', '!min', 'mounts'],
      ['platform', 'hardware'],
    ],
    [
      ['!all', '!min', 'pkg_mgr'],
      ['distribution', 'pkg_mgr'],
    ],
    [['!hardware', '!nonsense'], least],
    [['all', '!hardware', '!nonsense'], all.filter((name) => name !== 'hardware')],
  ];
  test.each(cases)('%j', (subset, names) => {
    const chosen = selectCollectors(collectors, minimal, subset).map(({ name }) => name);
    expect(chosen.sort()).toEqual([...names].sort());
  });

  test('a name that means nothing', () => {
    expect(() => selectCollectors(collectors, minimal, ['nonsense'])).toThrow(
      "Bad subset 'nonsense' given to Ansible.",
    );
  });
});

describe('filter', () => {
  const facts = new Map(Object.entries({ os_family: 'Debian', eth0: 'x', eth1: 'y' }));
  test.each([
    [[], ['os_family', 'eth0', 'eth1']],
    [['ansible_eth*'], ['eth0', 'eth1']],
    [['eth[!0]'], ['eth1']],
    [
      ['os_family', 'eth1'],
      ['os_family', 'eth1'],
    ],
    [['nothing'], []],
  ])('%j', (patterns, names) => {
    expect([...filterFacts(facts, patterns).keys()]).toEqual(names);
  });
});

describe('plan', () => {
  test('facts with the prefix as the result, without it as the effect', () => {
    const args = { gather_subset: ['!all', '!min', 'apparmor'], gather_timeout: 10, filter: [], fact_path: '/x' };
    const output = gatheringOutput({ paths: ['/sys/kernel/security/apparmor'] });
    const plan = setup.plan(args, { output, failed: undefined }, undefined as never);
    const apparmor = dict({ status: 'enabled' });
    expect(plan.changes).toEqual([]);
    expect(plan.result?.['ansible_facts']).toEqual(
      dict({ ansible_apparmor: apparmor, gather_subset: args.gather_subset, module_setup: true }),
    );
    expect(plan.effects).toEqual([
      { kind: 'host-facts', facts: dict({ apparmor, gather_subset: args.gather_subset, module_setup: true }) },
    ]);
  });
});
