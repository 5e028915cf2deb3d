import { expect, test } from '@jest/globals';
import { loadInventory } from '../../../src/engine/inventory/load.ts';
import { SOURCE_DEFAULTS } from '../../../src/engine/inventory/source-settings.ts';

async function read(list: string, formats: string[]): Promise<{ hosts: string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const { hosts } = await loadInventory([list], {
    compile: (text) => text,
    onWarning: (text) => warnings.push(text),
    settings: { ...SOURCE_DEFAULTS, enabled: formats },
  });
  return { hosts: [...hosts.keys()], warnings };
}

test.each([
  ['w[1:3],db,', ['w1', 'w2', 'w3', 'db'], []],
  [
    'w[1:],',
    ['w[1:]'],
    ['w[1:]: host range must specify end value', 'Unable to parse address from hostname, leaving unchanged: w[1:]'],
  ],
])('%s with ranges', async (list, hosts, warnings) => {
  expect(await read(list, ['advanced_host_list'])).toEqual({ hosts, warnings });
});

test('a range of neither numbers nor letters is refused', async () => {
  const { hosts, warnings } = await read('w[1:j],', ['advanced_host_list']);
  expect(hosts).toEqual([]);
  expect(warnings[0]).toContain('Failed to parse w[1:j], with advanced_host_list');
});

test('without that format a range is a name', async () => {
  expect((await read('w[1:3],', ['host_list'])).hosts).toEqual(['w[1:3]']);
});

test('a list may be longer than any path', async () => {
  const names = Array.from({ length: 2000 }, (_, index) => `host${index}`);
  expect(await read(names.join(','), ['host_list'])).toEqual({ hosts: names, warnings: [] });
});
