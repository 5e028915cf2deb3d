import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadVariables } from '../../../src/cli/run/world.ts';
import { SOURCE_DEFAULTS } from '../../../src/engine/inventory/source-settings.ts';
import { withoutSecrets } from '../../../src/engine/template/vaulted.ts';
import type { Variables } from '../../../src/engine/vars/variables.ts';

const HOSTS = `
all:
  hosts:
    h1: {role: db, tags: {env: test, state: ""}, sizes: [a, ""], port: 80}
    h2: {role: "", tags: {}}
`;

async function constructed(text: string): Promise<{ variables: Variables; warnings: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  const warnings: string[] = [];
  try {
    writeFileSync(join(folder, 'hosts.yml'), HOSTS);
    writeFileSync(join(folder, 'made.yml'), `plugin: ansible.builtin.constructed\n${text}`);
    const variables = await loadVariables({
      settings: {
        inventory: [join(folder, 'hosts.yml'), join(folder, 'made.yml')],
        invalidGroupNames: 'never',
        sources: SOURCE_DEFAULTS,
      },
      extraVars: new Map(),
      playbookDir: folder,
      warn: (message) => warnings.push(message),
      secret: () => undefined,
      decryption: withoutSecrets(),
    });
    return { variables, warnings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each([
  ['a text', 'keyed_groups: [{key: role, prefix: r}]', { r_db: ['h1'] }],
  ['an empty text with a default', 'keyed_groups: [{key: role, default_value: none}]', { _db: ['h1'], _none: ['h2'] }],
  ['a list', 'keyed_groups: [{key: sizes, separator: ""}]', { a: ['h1'] }],
  ['a dict', 'keyed_groups: [{key: tags, prefix: t}]', { t_env_test: ['h1'], t_state_: ['h1'] }],
  [
    'no trailing separator',
    'keyed_groups: [{key: tags, trailing_separator: false}]',
    { _env_test: ['h1'], _state: ['h1'] },
  ],
  ['no leading separator', 'leading_separator: false\nkeyed_groups: [{key: role}]', { db: ['h1'] }],
  [
    'parents, and none whose name cannot be had',
    'keyed_groups: [{key: role, prefix: r, parent_group: "p_{{ role }}"}, {key: role, prefix: n, parent_group: "{{ nope }}"}]',
    { p_db: [], r_db: ['h1'] },
  ],
  ['a condition', 'groups: {bases: "role == \'db\'"}', { bases: ['h1'] }],
  ['a variable composed before', 'compose: {kind: role ~ port}\ngroups: {x: "kind == \'db80\'"}', { x: ['h1'] }],
])('groups of %s', async (_, text, expected) => {
  const { variables } = await constructed(text);
  const { groups } = variables.store.inventory;
  for (const [name, hosts] of Object.entries(expected))
    expect([name, ...(groups.get(name)?.hosts ?? [])]).toEqual([name, ...hosts]);
});

test('an expression that cannot be evaluated counts for nothing, unless strict', async () => {
  const lenient = await constructed('compose: {both: role ~ nothing}');
  expect(lenient.warnings).toEqual([]);
  const strict = await constructed('strict: true\ncompose: {both: role ~ nothing}');
  expect(strict.warnings[0]).toContain("'nothing' is undefined");
});

test('a group may get a parent', async () => {
  const { variables } = await constructed('keyed_groups: [{key: role, prefix: r, parent_group: roles}]');
  expect([...variables.store.inventory.groups.get('roles')!.children]).toEqual(['r_db']);
});
