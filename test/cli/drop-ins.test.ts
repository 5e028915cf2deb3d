import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtProgram } from '../lab/program.ts';

const NAMES = [
  'ansible',
  'ansible-config',
  'ansible-console',
  'ansible-doc',
  'ansible-galaxy',
  'ansible-inventory',
  'ansible-playbook',
  'ansible-pull',
  'ansible-vault',
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-drop-ins-'));
  for (const name of NAMES) symlinkSync(builtProgram(), join(folder, name));
  put('inv/hosts', '[web]\nw1 http_port=80\nw2\n');
  put('inv/group_vars/web.yml', 'color: red\n');
  put('roles/greet/tasks/main.yml', '[]\n');
  put('roles/greet/meta/argument_specs.yml', 'argument_specs: {main: {short_description: Greets}}\n');
  put('coll/ansible_collections/my/own/galaxy.yml', 'version: 1.2.3\n');
  put('ansible.cfg', '[defaults]\nforks = 3\nforkz = 4\n[strange]\nx = 1\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function call(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { ANSIBLE_CONFIG: _config, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, command), ...args], {
    cwd: folder,
    env: { ...rest, HOME: folder, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('a link of the name of a command is that command', () => {
  test.each(NAMES)('%s --version', (name) => {
    const { status, stdout, stderr } = call(name, ['--version']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${name} \\[core 2\\.18\\.\\d+\\] .*\\n  config file = .*/ansible\\.cfg\\n`));
  });

  test.each<readonly [string, readonly string[], number, RegExp, RegExp?]>([
    [
      'ansible-inventory',
      ['-i', 'inv', '--graph'],
      0,
      /^@all:\n {2}\|--@ungrouped:\n {2}\|--@web:\n {2}\| {2}\|--w1\n {2}\| {2}\|--w2\n$/,
    ],
    ['ansible-inventory', ['-i', 'inv', '--list', '--toml', '--export'], 0, /\[web\.vars\]\ncolor = "red"/],
    ['ansible-inventory', ['-i', 'inv', '--host', 'w1', '--yaml'], 0, /^color: red\nhttp_port: 80\n/],
    ['ansible-inventory', ['-i', 'inv'], 5, /^$/, /No action selected, at least one of --host, --graph or --list/],
    ['ansible-inventory', ['-i', 'inv', '--list', '--graph'], 5, /^$/, /Conflicting options used/],
    [
      'ansible-inventory',
      ['-i', 'inv', '--graph', 'nope'],
      5,
      /^$/,
      /Pattern must be valid group name when using --graph/,
    ],
    ['ansible', ['all', '-i', 'inv', '--list-hosts'], 0, /^ {2}hosts \(2\):\n {4}w1\n {4}w2\n$/],
    ['ansible-config', ['dump', '--only-changed'], 0, /^DEFAULT_FORKS\(.*\/ansible\.cfg\) = 3$/m],
    ['ansible-config', ['dump', '--only-changed', '--format', 'json'], 0, /"name": "DEFAULT_FORKS"/],
    ['ansible-config', ['list'], 0, /^DEFAULT_FORKS:\n {2}default: 5\n/m],
    ['ansible-config', ['view'], 0, /^\[defaults\]\nforks = 3\n/],
    ['ansible-config', ['init', '--disabled'], 0, /^;forks=5$/m],
    [
      'ansible-config',
      ['validate'],
      1,
      /^$/,
      /forkz in \[defaults\] is not known \(did you mean forks\?\)[\s\S]*section \[strange\] is not known/,
    ],
    ['ansible-config', ['edit'], 2, /^$/, /unknown action 'edit'/],
    ['ansible-doc', ['copy'], 0, /^> MODULE ansible\.builtin\.copy\n/],
    ['ansible-doc', ['-s', 'ansible.builtin.ping'], 0, /^- name: .*\n {2}ansible\.builtin\.ping:\n {6}data:/],
    ['ansible-doc', ['-j', 'ping'], 0, /"short_description": "/],
    ['ansible-doc', ['-t', 'keyword', 'until'], 0, /^until:\n {2}applies_to:\n {2}- Task\n/],
    ['ansible-doc', ['-t', 'filter', '-l'], 0, /^combine$/m],
    ['ansible-doc', ['-t', 'role', '-l'], 0, /^greet +main: Greets$/m],
    ['ansible-doc', ['-t', 'role', 'greet'], 0, /^greet:\n {2}entry_points:\n {4}main:\n/],
    ['ansible-doc', ['cpoy'], 0, /^$/, /cpoy was not found; did you mean "copy"\?/],
    ['ansible-doc', ['-t', 'vars', 'x'], 5, /^$/, /are Python and are not documented here/],
    ['ansible-galaxy', ['collection', 'list', '-p', 'coll'], 0, /^my\.own +1\.2\.3$/m],
    ['ansible-galaxy', ['role', 'list', '-p', 'roles'], 0, /^- greet, \(unknown version\)$/m],
    ['ansible-galaxy', ['install', 'x'], 5, /^$/, /ansible-galaxy role install is not supported/],
    ['ansible-console', [], 5, /^$/, /tsplay exec PATTERN -m MODULE/],
    ['ansible-pull', [], 5, /^$/, /URL for repository not specified/],
  ])('%s %j', (name, args, code, out, ...[err]) => {
    const { status, stdout, stderr } = call(name, args);
    expect({ status, stdout, stderr }).toEqual({
      status: code,
      stdout: expect.stringMatching(out),
      stderr: expect.stringMatching(err ?? /^/),
    });
  });
});

test('a pattern that names no host can be an error', () => {
  const { status, stderr } = call('ansible-inventory', ['-i', 'inv', '--host', 'nope'], {
    ANSIBLE_HOST_PATTERN_MISMATCH: 'error',
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('Could not match supplied host pattern, ignoring: nope'),
  });
});

test.each([
  [{ ANSIBLE_FORKS: 'many' }, /Invalid value for setting DEFAULT_FORKS \(from env: ANSIBLE_FORKS\): 'many'/],
  [{ ANSIBLE_GATHERING: 'never' }, /it is one of implicit, explicit, smart/],
])('a setting that cannot be: %j', (env, says) => {
  const { status, stderr } = call('ansible-inventory', ['-i', 'inv', '--list'], env);
  expect({ status, stderr }).toEqual({ status: 5, stderr: expect.stringMatching(says) });
});
