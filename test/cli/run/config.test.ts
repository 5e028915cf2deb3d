import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../src/cli/run/config.ts';
import { factCacheOf } from '../../../src/cli/run/fact-cache.ts';
import { actionsWithout, rejectedModules } from '../../../src/cli/run/rejected-modules.ts';
import { namedSettings } from '../../../src/cli/settings/named.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-config-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('ansible.cfg', () => {
  const text = `[defaults]
forks = 3 ; a remark
roles_path = roles:/opt/roles
inventory = hosts,other
fact_caching_connection = facts
unknown = x
[privilege_escalation]
become = true
`;

  test.each([
    ['ANSIBLE_FORKS', '3'],
    ['ANSIBLE_ROLES_PATH', 'FOLDER/roles:/opt/roles'],
    ['ANSIBLE_INVENTORY', 'FOLDER/hosts,FOLDER/other'],
    ['ANSIBLE_CACHE_PLUGIN_CONNECTION', 'FOLDER/facts'],
    ['ANSIBLE_BECOME', 'true'],
    ['ANSIBLE_STRATEGY', undefined],
  ])('%s', (variable, value) => {
    const file = write('ansible.cfg', text);
    const config = readConfig({ ANSIBLE_CONFIG: file }, '/');
    expect(config.file).toBe(file);
    expect(config.env[variable]).toBe(value?.replaceAll('FOLDER', folder));
  });

  test('the environment wins', () => {
    write('ansible.cfg', text);
    expect(readConfig({ ANSIBLE_FORKS: '9' }, folder).env['ANSIBLE_FORKS']).toBe('9');
  });

  test('ANSIBLE_CONFIG may name a folder', () => {
    const file = write('ansible.cfg', text);
    expect(readConfig({ ANSIBLE_CONFIG: folder }, '/').file).toBe(file);
  });

  test('a folder that everybody may write to is not trusted', () => {
    write('ansible.cfg', text);
    chmodSync(folder, 0o777);
    const config = readConfig({}, folder);
    expect(config.env['ANSIBLE_FORKS']).toBeUndefined();
    expect(config.warnings[0]).toContain('world writable directory');
  });

  test('a file that is none is refused with its name', () => {
    const file = write('broken.cfg', 'forks = 3\n');
    expect(() => readConfig({ ANSIBLE_CONFIG: file }, '/')).toThrow(`Error reading config file (${file})`);
  });
});

describe('settings by name', () => {
  test.each([
    ['DEFAULT_FORKS', {}, 5, 'default'],
    ['DEFAULT_FORKS', { ANSIBLE_FORKS: '7' }, 7, 'env: ANSIBLE_FORKS'],
    ['DEFAULT_PRIVATE_ROLE_VARS', { ANSIBLE_PRIVATE_ROLE_VARS: 'yes' }, true, 'env: ANSIBLE_PRIVATE_ROLE_VARS'],
    ['TAGS_RUN', { ANSIBLE_RUN_TAGS: 'a, b' }, ['a', 'b'], 'env: ANSIBLE_RUN_TAGS'],
  ])('%s %j', (name, env, value, origin) => {
    const find = namedSettings({ env, file: undefined, warnings: [] }, env);
    expect(find(name)).toEqual({ value, origin });
  });

  test('one that is not there', () => {
    expect(namedSettings({ env: {}, file: undefined, warnings: [] }, {})('NOPE')).toBeUndefined();
  });
});

describe('module reject lists', () => {
  test('what is on the list is not found, by any of its names', () => {
    const file = write('filters.yml', 'filter_version: 1.0\nmodule_rejectlist: [copy, ansible.builtin.pause]\n');
    const actions = actionsWithout(rejectedModules({ PLUGIN_FILTERS_CFG: file }));
    const found = ['copy', 'ansible.builtin.copy', 'pause', 'file'].filter((name) => actions.resolve(name));
    expect(found).toEqual(['file']);
    expect([...actions.names()]).not.toContain('copy');
  });

  test('stat cannot be rejected', () => {
    const file = write('filters.yml', 'module_rejectlist: [stat]\n');
    expect(() => rejectedModules({ PLUGIN_FILTERS_CFG: file })).toThrow('will not function without the stat module');
  });
});

describe('fact_caching', () => {
  const env = () => ({ ANSIBLE_CACHE_PLUGIN: 'jsonfile', ANSIBLE_CACHE_PLUGIN_CONNECTION: join(folder, 'facts') });

  test('facts of a host are there in the next run, until they are forgotten', () => {
    factCacheOf(env(), () => undefined)?.write('a/b', new Map([['ansible_x', [1, true]]]));
    const next = factCacheOf(env(), () => undefined);
    expect(next?.read('a/b')).toEqual(new Map([['ansible_x', [1, true]]]));
    next?.forget('a/b');
    expect(next?.read('a/b')).toBeUndefined();
  });

  test('a plugin that is not built in is named', () => {
    const warnings: string[] = [];
    expect(factCacheOf({ ANSIBLE_CACHE_PLUGIN: 'redis' }, (message) => warnings.push(message))).toBeUndefined();
    expect(warnings[0]).toContain("'redis' is not built in");
  });

  test('a folder must be said', () => {
    expect(() => factCacheOf({ ANSIBLE_CACHE_PLUGIN: 'jsonfile' }, () => undefined)).toThrow('fact_caching_connection');
  });
});
