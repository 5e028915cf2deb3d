import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';
import { runTask } from './task.ts';

const CONTROLLERS = ['control-plane-1', 'control-plane-2', 'control-plane-3'];
const HOSTS = [...CONTROLLERS, 'worker-1', 'worker-2'];
/** Milliseconds: apt installs, four hosts join one after the other. */
const TIMEOUT = 600_000;

describeOnLab('playbooks/k0s-cluster.yml without k0sctl', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'k0s-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const settings = () => [
    ...['-i', lab.inventory, '-e', '@test/stand-ins/k0s/vars.yml'],
    ...['-e', `k0s_folder=${folder}/k0s kubeconfig_path=${folder}/kube/config`],
  ];
  const onLab = (playbook: string, ...args: string[]) => tsplay('run', playbook, ...settings(), ...args);
  const up = (controllers: number, workers: number, ...args: string[]) =>
    onLab('playbooks/k0s-cluster.yml', '-e', `control_plane_count=${controllers} worker_count=${workers}`, ...args);
  const kubectl = async (command: string) => (await lab.ssh('control-plane-1', `k0s kubectl ${command}`)).stdout;
  const changed = (output: string) =>
    Object.entries(recap(output)).flatMap(([host, counts]) => (counts['changed'] ? [host] : []));

  test(
    'check mode runs through on fresh hosts and changes nothing',
    async () => {
      const { code, stdout } = await up(3, 1, '--check', '--diff');
      expect({ code, failed: Object.values(recap(stdout)).map(({ failed }) => failed) }).toEqual({
        code: 0,
        failed: [0, 0, 0, 0, 0],
      });
      for (const host of ['control-plane-1', 'worker-1']) expect(await lab.changes(host)).toEqual([]);
    },
    TIMEOUT,
  );

  test(
    'makes one controller and one worker from nothing',
    async () => {
      expect(await onLab('test/stand-ins/k0s/install.yml')).toMatchObject({ code: 0 });
      expect(await up(1, 1)).toMatchObject({ code: 0 });
      expect(await kubectl('get nodes -o name')).toBe('node/control-plane-1\nnode/worker-1\n');
    },
    TIMEOUT,
  );

  test(
    'grows to three controllers and two workers; of the controllers one is without a taint',
    async () => {
      const { code, stdout } = await up(3, 2);
      expect({ code, tail: code === 0 ? '' : stdout.slice(-3000) }).toEqual({ code: 0, tail: '' });
      expect(await kubectl('get nodes -o name')).toBe(HOSTS.map((name) => `node/${name}\n`).join(''));
      const { members } = JSON.parse((await lab.ssh('control-plane-3', 'k0s etcd member-list')).stdout);
      expect(Object.keys(members).sort()).toEqual(CONTROLLERS);
      const taints = `get nodes -o jsonpath='{range .items[*]}{.metadata.name}={.spec.taints[*].key} {end}'`;
      expect((await kubectl(taints)).trim()).toBe(
        'control-plane-1= control-plane-2=node-role.kubernetes.io/control-plane ' +
          'control-plane-3=node-role.kubernetes.io/control-plane worker-1= worker-2=',
      );
    },
    TIMEOUT,
  );

  test(
    'the same again changes nothing',
    async () => {
      const { code, stdout } = await up(3, 2);
      expect({ code, changed: changed(stdout) }).toEqual({ code: 0, changed: [] });
    },
    TIMEOUT,
  );

  test(
    'pods run on nodes without a taint only',
    async () => {
      const labels = { app: 'web' };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } };
      const spec = { replicas: 6, selector: { matchLabels: labels }, template };
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'default' },
        spec,
      };
      await lab.ssh('control-plane-1', 'k0s kubectl apply -f -', { input: JSON.stringify(deployment) });
      await kubectl('rollout status deployment/web --timeout 60s');
      const placed = await kubectl(`get pods -o jsonpath='{.items[*].spec.nodeName}'`);
      expect([...new Set(placed.split(' '))].sort()).toEqual(['control-plane-1', 'worker-1', 'worker-2']);
    },
    TIMEOUT,
  );

  test(
    'tasks show and check the cluster, and keep access to it',
    async () => {
      const task = (name: string) =>
        runTask('playbooks/k0s/Taskfile.yml', name, [...settings(), '-e', 'control_plane_count=3 worker_count=2']);
      const status = await task('cluster:status');
      expect(status.stdout).toContain(`"worker-2 (worker, ${lab.address('worker-2')}): k0s v1.33.4+k0s.0 running"`);
      expect(status.stdout).toMatch(/"control-plane-3 +Ready +control-plane /);
      expect(await task('cluster:health')).toMatchObject({ code: 0 });
      rmSync(join(folder, 'kube/config'));
      expect(await task('cluster:kubeconfig')).toMatchObject({ code: 0 });
      expect(statSync(join(folder, 'kube/config')).mode & 0o777).toBe(0o600);
      const server = `server: https://${lab.address('control-plane-1')}:6443\n`;
      expect(readFileSync(join(folder, 'kube/config'), 'utf8')).toContain(server);
    },
    TIMEOUT,
  );

  test('the cluster was backed up before each further controller joined', async () => {
    const modes = 'stat -c %a /var/backups/k0s /var/backups/k0s/*';
    expect((await lab.ssh('control-plane-1', modes)).stdout).toBe('700\n600\n600\n');
  });

  test('no token is left in the cluster, on a disk or in memory', async () => {
    expect((await lab.ssh('control-plane-1', 'k0s token list')).stdout).toBe('No k0s join tokens found\n');
    for (const host of HOSTS.slice(1)) {
      const token =
        'cat /etc/k0s/join-token; ls /run/k0s-join-token; grep -rlI H4sI /etc /root /tmp /var/tmp /run/k0s /var/lib/k0s';
      expect((await lab.ssh(host, token)).stdout).toBe('# used: make a new one with `k0s token create`\n');
    }
  });
});
