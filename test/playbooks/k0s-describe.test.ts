import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { violationsOf } from '../../src/engine/modules/json-schema/violations.ts';
import { parseJson } from '../../src/engine/template/filters/json/parse.ts';
import { builtProgram } from '../lab/program.ts';
import { run } from '../lab/run.ts';
import { recap } from '../lab/tsplay.ts';
import { readTaskfile, runTask } from './task.ts';

const STAND_INS = resolve('test/stand-ins/k0s/bin');
const TASKFILE = 'playbooks/k0s/Taskfile.yml';
const folder = mkdtempSync(join(tmpdir(), 'k0s-'));
afterAll(() => rmSync(folder, { recursive: true }));

const generated = (name: string) => readFileSync(join(folder, name), 'utf8');

/** Describes a cluster with settings from the environment, as a user does. */
function describeCluster(settings: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, ...settings };
  return run(
    process.execPath,
    [builtProgram(), 'role', 'k0s-cluster', 'localhost', '-e', `k0s_folder=${folder}`, ...args],
    '',
    env,
  );
}

describe('role k0s-cluster', () => {
  test('tells all settings that cannot be used at once', async () => {
    const settings = {
      control_plane_count: '4',
      worker_count: '0',
      memory_control: '12 GB',
      cpu_worker: '-1',
      disk_size: '1',
    };
    const { code, stdout } = await describeCluster(settings, '-e', 'k0s_network_prefix=192.168.300 k0s_version=latest');
    expect(code).toBe(2);
    const { msg } = JSON.parse(/FAILED! => (.*)/.exec(stdout)?.[1] ?? '') as { msg: string };
    expect(msg.split('\n')).toEqual([
      'These settings cannot be used:',
      '- control_plane_count is 4, but must be a whole number from 1 to 3 (controllers)',
      '- worker_count is 0, but must be a whole number from 1 to 5 (workers)',
      '- memory_control is 12 GB, but must be a whole number from 1024 to 1048576 (MB of memory of a controller)',
      '- cpu_worker is -1, but must be a whole number from 1 to 256 (processors of a worker)',
      '- disk_size is 1, but must be a whole number from 10 to 65536 (GB of disk)',
      '- k0s_network_prefix is 192.168.300, but must be three numbers such as 192.168.64',
      '- k0s_version is latest, but must be a release such as v1.33.4+k0s.0',
    ]);
  });

  test.each([
    ['none', {}, ['192.168.64.10'], ['192.168.64.20']],
    [
      'control_plane_count=3 worker_count=5',
      { control_plane_count: '3', worker_count: '5' },
      ['192.168.64.10', '192.168.64.11', '192.168.64.12'],
      ['192.168.64.20', '192.168.64.21', '192.168.64.22', '192.168.64.23', '192.168.64.24'],
    ],
    [
      'a network of its own',
      { control_plane_count: '2', k0s_network_prefix: '10.9.8' },
      ['10.9.8.10', '10.9.8.11'],
      ['10.9.8.20'],
    ],
  ])('writes inventory and k0sctl.yaml for settings: %s', async (_, settings, controllers, workers) => {
    expect(await describeCluster(settings)).toMatchObject({ code: 0 });
    const inventory = parse(generated('hosts.yml')).k0s.children;
    const addresses = (group: Record<string, { ansible_host: string }>) =>
      Object.entries(group).map(([name, { ansible_host }]) => [name, ansible_host]);
    expect(addresses(inventory.k0s_controllers.hosts)).toEqual(
      controllers.map((address, n) => [`control-plane-${n + 1}`, address]),
    );
    expect(addresses(inventory.k0s_workers.hosts)).toEqual(workers.map((address, n) => [`worker-${n + 1}`, address]));

    const { hosts, k0s } = parse(generated('k0sctl.yaml')).spec;
    expect(hosts.map(({ role, noTaints = false }: { role: string; noTaints?: boolean }) => [role, noTaints])).toEqual([
      ...controllers.map((_address, n) => ['controller+worker', n === 0]),
      ...workers.map(() => ['worker', false]),
    ]);
    expect(hosts.map(({ ssh }: { ssh: { address: string } }) => ssh.address)).toEqual([...controllers, ...workers]);
    expect(hosts[0].ssh.keyPath).toBe(join(folder, 'id_ed25519'));
    expect(k0s.config.spec.api.sans).toEqual(controllers);
    for (const name of ['Vagrantfile', 'hosts.yml', 'k0sctl.yaml', 'id_ed25519'])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('the same again changes nothing, and check mode says so beforehand', async () => {
    const counts = async (...args: string[]) => recap((await describeCluster({}, ...args)).stdout)['localhost'];
    expect(await counts('--check')).toMatchObject({ failed: 0, changed: 1 });
    expect(await counts()).toMatchObject({ failed: 0, changed: 1 });
    expect(await counts()).toMatchObject({ failed: 0, changed: 0 });
  });

  test.each([
    ['-e', 'k0s_bootstrap=k0sctl', 'k0sctl is not installed here'],
    ['-e', 'k0s_machines=existing', 'the inventory lacks control-plane-1, worker-1'],
  ])('%s %s: %s', async (option, value, message) => {
    const { code, stdout } = await describeCluster({ PATH: '/usr/bin:/bin' }, option, value);
    expect({ code, told: stdout.includes(message) }).toEqual({ code: 2, told: true });
  });
});

// What the schema refuses, k0sctl (its stand-in, which follows its parser and validation) refuses too.
describe('the schema of k0sctl.yaml', () => {
  interface Description {
    spec: { hosts: Record<string, unknown>[]; k0s: Record<string, unknown>; [name: string]: unknown };
    [name: string]: unknown;
  }
  const schema = parseJson(readFileSync('roles/k0s-cluster/files/k0sctl.schema.json', 'utf8'));
  let good: Description;

  beforeAll(async () => {
    expect(await describeCluster({ control_plane_count: '3' })).toMatchObject({ code: 0 });
    good = parse(generated('k0sctl.yaml'));
  });

  const refusals = async (description: Description) => {
    const path = join(folder, 'changed.yaml');
    writeFileSync(path, stringify(description));
    const violations = violationsOf(schema, parseJson(JSON.stringify(description)));
    const { stdout } = await run(join(STAND_INS, 'k0sctl'), ['reset', '--config', path]);
    return { violations: violations.map(({ data_path, message }) => `${data_path}: ${message}`), k0sctl: stdout };
  };

  test('both take what is generated', async () => {
    const { violations, k0sctl } = await refusals(good);
    expect({ violations, k0sctl }).toEqual({
      violations: [],
      k0sctl: expect.stringContaining('reset requires --force'),
    });
  });

  test.each<[string, (description: Description) => void, string, string]>([
    [
      'another version of the format',
      (d) => (d['apiVersion'] = 'k0sctl.k0sproject.io/v2'),
      "apiVersion: 'k0sctl.k0sproject.io/v1beta1' was expected",
      'no resources found for apiVersion=k0sctl.k0sproject.io/v1beta1',
    ],
    ['no hosts', (d) => (d.spec.hosts = []), 'spec.hosts: [] should be non-empty', 'hosts: cannot be blank'],
    [
      'a field that is not known',
      (d) => (d.spec.hosts[0]!['noTaint'] = true),
      "spec.hosts.0: Additional properties are not allowed ('noTaint' was unexpected)",
      'field noTaint not found in type cluster.host',
    ],
    [
      'a role that is not known',
      (d) => (d.spec.hosts[3]!['role'] = 'master'),
      "spec.hosts.3.role: 'master' is not one of ['controller', 'controller+worker', 'single', 'worker']",
      'host #4: role: unknown role master',
    ],
    [
      'a worker without taints',
      (d) => (d.spec.hosts[3]!['noTaints'] = true),
      "spec.hosts.3.role: 'controller+worker' was expected",
      'noTaints can only be true for controller+worker role',
    ],
    [
      'an address that is none',
      (d) => (d.spec.hosts[0]!['privateAddress'] = '192.168.64.1000'),
      "spec.hosts.0.privateAddress: '192.168.64.1000' does not match",
      'privateAddress: must be a valid IP address',
    ],
    [
      'a port as a text',
      (d) => (d.spec.hosts[0]!['ssh'] = { address: '192.0.2.1', port: 'ssh' }),
      "spec.hosts.0.ssh.port: 'ssh' is not of type 'integer'",
      'into int',
    ],
    ['no way to a host', (d) => delete d.spec.hosts[0]!['ssh'], 'spec.hosts.0: ', 'ssh: address is required'],
    [
      'a single among many',
      (d) => (d.spec.hosts[1]!['role'] = 'single'),
      'spec.hosts.1.role: ',
      "includes a host with role 'single'",
    ],
    [
      'workers alone',
      (d) => (d.spec.hosts = d.spec.hosts.slice(3)),
      'spec.hosts: ',
      'no hosts with a controller role defined',
    ],
  ])('both refuse %s', async (_, change, violation, message) => {
    const description = structuredClone(good);
    change(description);
    const { violations, k0sctl } = await refusals(description);
    expect(violations.filter((each) => each.startsWith(violation))).not.toEqual([]);
    expect(k0sctl).toContain(message);
  });
});

describe('the Taskfile', () => {
  test('has a playbook for each command, and every command says what it does', () => {
    const { version, tasks } = readTaskfile(TASKFILE);
    expect(version).toBe('3');
    expect(Object.keys(tasks)).toEqual(
      expect.arrayContaining([
        'cluster:up',
        'cluster:destroy',
        'cluster:status',
        'cluster:health',
        'cluster:kubeconfig',
        'vagrant:up',
        'vagrant:destroy',
        'vagrant:status',
      ]),
    );
    for (const [name, { desc, cmds }] of Object.entries(tasks)) {
      expect(desc).toMatch(/^[A-Z]/);
      const [, playbook] =
        /^\{\{\.TSPLAY\}\} run \{\{\.TASKFILE_DIR\}\}\/(\S+) \{\{\.CLI_ARGS\}\}$/.exec(cmds[0] ?? '') ?? [];
      if (name !== 'default') expect(statSync(join('playbooks/k0s', playbook ?? 'none')).isFile()).toBe(true);
    }
  });

  test('vagrant:up, vagrant:status and vagrant:destroy drive Vagrant', async () => {
    const machine = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => machine.once('listening', listening));
    const { port } = machine.address() as { port: number };
    const login = { ansible_host: '127.0.0.1', ansible_port: port };
    const names = ['control-plane-1', 'control-plane-2', 'control-plane-3', 'worker-1'];
    const inventory = join(folder, 'machines.yml');
    writeFileSync(inventory, stringify({ all: { hosts: Object.fromEntries(names.map((name) => [name, login])) } }));
    const env = { ...process.env, PATH: `${STAND_INS}${delimiter}${process.env['PATH']}`, control_plane_count: '3' };
    const task = async (name: string, ...args: string[]) => {
      const { code, stdout } = await runTask(
        TASKFILE,
        name,
        ['-i', inventory, '-e', `k0s_folder=${folder}/machines`, ...args],
        env,
      );
      return { code, changed: recap(stdout)['localhost']?.['changed'], stdout };
    };
    try {
      expect(await task('vagrant:up')).toMatchObject({ code: 0, changed: 4 });
      expect(await task('vagrant:up')).toMatchObject({ code: 0, changed: 0 });
      expect(await task('vagrant:status')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('"control-plane-3: running"'),
      });
      expect(await task('vagrant:destroy')).toMatchObject({
        code: 2,
        stdout: expect.stringContaining('k0s_confirm=true'),
      });
      expect(await task('vagrant:destroy', '-e', 'k0s_confirm=true')).toMatchObject({ code: 0, changed: 1 });
      expect(await task('vagrant:status')).toMatchObject({
        stdout: expect.stringContaining('"worker-1: not_created"'),
      });
    } finally {
      machine.close();
    }
  });
});
