import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { run } from '../lab/run.ts';
import { recap } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';

const CONTROLLERS = ['control-plane-1', 'control-plane-2', 'control-plane-3'];
/** Milliseconds: apt installs, controllers join one after the other. */
const TIMEOUT = 600_000;
/** One that takes a controller with the authority of the cluster for one that has joined (k0s#5149). */
const OLD = 'v1.28.14+k0s.0';

describeOnLab('k0s clusters in trouble', { hosts: [...CONTROLLERS, 'worker-1'], setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'k0s-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const play = (playbook: string, variables: string, environment: Record<string, string> = {}) => {
    const own = `k0s_folder=${folder}/k0s kubeconfig_path=${folder}/kubeconfig k0s_version=${OLD} worker_count=1`;
    const options = ['-i', lab.inventory, '-e', '@test/stand-ins/k0s/vars.yml', '-e', `${own} ${variables}`];
    return run(process.execPath, [builtProgram(), 'run', playbook, ...options], '', { ...process.env, ...environment });
  };
  const up = (controllers: number, variables = '', environment: Record<string, string> = {}) =>
    play('playbooks/k0s-cluster.yml', `control_plane_count=${controllers} ${variables}`, environment);
  const on = async (host: string, command: string) => (await lab.ssh(host, command)).stdout;
  const onControllers = (command: string) => Promise.all(CONTROLLERS.map((host) => on(host, command)));
  const makeNamespace = (name: string) =>
    lab.ssh('control-plane-1', 'k0s kubectl apply -f -', {
      input: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
    });
  const members = async (host: string) =>
    Object.keys(JSON.parse(await on(host, 'k0s etcd member-list')).members).sort();
  const trouble = () => lab.ssh('control-plane-1', 'mkdir -p /etc/stand-in && echo 1 >/etc/stand-in/k0s-fail-members');
  const identities = async () =>
    new Set(await onControllers('k0s kubectl get namespace kube-system -o jsonpath={.metadata.uid}'));

  beforeAll(async () => {
    expect(await play('test/stand-ins/k0s/install.yml', '')).toMatchObject({ code: 0 });
    expect(await up(1)).toMatchObject({ code: 0 });
  }, TIMEOUT);

  test(
    'a joiner that formed a cluster of its own is told and leaves nothing behind (k0s#5149)',
    async () => {
      await trouble();
      const { code, stdout } = await up(3, 'k0s_join_attempts=1');
      expect(code).toBe(2);
      expect(stdout).toMatch(/control-plane-2 formed a cluster of its own: its etcd has the members/);
      expect(stdout).toContain('could not join the cluster in 1 attempts');
      expect(recap(stdout)['control-plane-3']).toMatchObject({ changed: 1, failed: 0 });
      expect(await members('control-plane-1')).toEqual(['control-plane-1']);
      expect(await on('control-plane-2', 'ls -d /var/lib/k0s /etc/systemd/system/k0s*; pgrep -x etcd')).toBe('');
      expect(await on('control-plane-1', 'k0s token list')).toBe('No k0s join tokens found\n');
    },
    TIMEOUT,
  );

  test(
    'such a joiner is cleaned up and joins at the second attempt',
    async () => {
      await trouble();
      const { code, stdout } = await up(3);
      expect({ code, rescued: recap(stdout)['control-plane-2']?.['rescued'] }).toEqual({ code: 0, rescued: 1 });
      for (const host of CONTROLLERS) expect(await members(host)).toEqual(CONTROLLERS);
      expect((await identities()).size).toBe(1);
    },
    TIMEOUT,
  );

  test(
    'while one controller is away, the others serve; health says what is wrong, and the next run mends it',
    async () => {
      await lab.ssh('control-plane-3', 'systemctl stop k0scontroller');
      expect(await makeNamespace('while-away')).toMatchObject({ code: 0 });
      const { code, stdout } = await play('playbooks/k0s/health.yml', 'control_plane_count=3 k0s_health_retries=1');
      expect(code).toBe(2);
      expect(stdout).toMatch(/fatal: \[control-plane-3\]: FAILED!.*can't get \\"status\\"/);
      const mended = await up(3);
      expect({ code: mended.code, changed: recap(mended.stdout)['control-plane-3']?.['changed'] }).toEqual({
        code: 0,
        changed: 1,
      });
    },
    TIMEOUT,
  );

  test(
    'all controllers come back together, which k0sctl does not do (k0sctl#561)',
    async () => {
      await onControllers('systemctl stop k0scontroller');
      const k0sctl = resolve('test/stand-ins/k0s/bin/k0sctl');
      const env = { ...process.env, SSH_KNOWN_HOSTS: join(folder, 'known_hosts') };
      const alone = await run(k0sctl, ['apply', '--config', join(folder, 'k0s/k0sctl.yaml')], '', env);
      expect(alone).toMatchObject({ code: 1, stdout: expect.stringContaining("k0s doesn't appear to be running") });
      expect(await up(3)).toMatchObject({ code: 0 });
      for (const host of CONTROLLERS) expect(await members(host)).toEqual(CONTROLLERS);
    },
    TIMEOUT,
  );

  test(
    'a controller whose etcd began anew makes two clusters: told by health, mended by a restore (k0sctl#971)',
    async () => {
      const backup = await play('playbooks/k0s/backup.yml', `control_plane_count=3 k0s_backup_to=${folder}/backups`);
      expect(backup).toMatchObject({ code: 0 });
      const archive = join(folder, 'backups', readdirSync(join(folder, 'backups'))[0] ?? '');
      await makeNamespace('too-late');
      const anew =
        'k0s stop; rm -r /var/lib/k0s/etcd; k0s start; until k0s kubectl get --raw /readyz; do sleep 0.2; done';
      expect(await lab.ssh('control-plane-2', anew)).toMatchObject({ code: 0 });
      expect(await members('control-plane-2')).toEqual(['control-plane-2']);
      const split = await play('playbooks/k0s/health.yml', 'control_plane_count=3 k0s_health_retries=20');
      expect(split.code).toBe(2);
      expect(split.stdout).toContain('control-plane-2 and control-plane-1 are of two clusters');

      const restored = `control_plane_count=3 k0s_restore_from=${archive}`;
      const asked = await play('playbooks/k0s/restore.yml', restored);
      expect({ code: asked.code, hosts: Object.keys(recap(asked.stdout)) }).toEqual({ code: 2, hosts: ['localhost'] });
      expect(await play('playbooks/k0s/restore.yml', `${restored} k0s_confirm=true`)).toMatchObject({ code: 0 });
      for (const host of CONTROLLERS) expect(await members(host)).toEqual(CONTROLLERS);
      expect((await identities()).size).toBe(1);
      expect(await on('control-plane-1', 'k0s kubectl get namespaces -o name')).not.toContain('too-late');
    },
    TIMEOUT,
  );

  test(
    'a controller that was made anew is refused while etcd has its address, and replaced when that is allowed',
    async () => {
      await lab.ssh('control-plane-3', 'k0s stop; k0s reset');
      const refused = await up(3);
      expect(refused).toMatchObject({
        code: 2,
        stdout: expect.stringMatching(/ is a member of etcd already, but control-plane-3 has no data of it/),
      });
      expect(await members('control-plane-1')).toEqual(CONTROLLERS);
      expect(await up(3, 'k0s_replace_member=true')).toMatchObject({ code: 0 });
      for (const host of CONTROLLERS) expect(await members(host)).toEqual(CONTROLLERS);
    },
    TIMEOUT,
  );

  test(
    'a controller is removed in the order that keeps the quorum, after a backup, and the cluster goes on',
    async () => {
      const latest = () => on('control-plane-1', 'ls -t /var/backups/k0s | head -n 1');
      const before = await latest();
      const removed = await play(
        'playbooks/k0s/remove-node.yml',
        'control_plane_count=3 k0s_node=control-plane-3 k0s_confirm=true',
      );
      expect(removed).toMatchObject({ code: 0 });
      expect(await latest()).not.toBe(before);
      expect(await members('control-plane-1')).toEqual(['control-plane-1', 'control-plane-2']);
      expect(await on('control-plane-1', 'k0s kubectl get nodes -o name')).not.toContain('control-plane-3');
      expect(await play('playbooks/k0s/health.yml', 'control_plane_count=2')).toMatchObject({ code: 0 });
    },
    TIMEOUT,
  );

  test(
    'destroying needs a yes, wipes every node, and the second time nothing',
    async () => {
      const destroy = (variables = '') => play('playbooks/k0s/destroy.yml', `control_plane_count=2 ${variables}`);
      expect(await destroy()).toMatchObject({ code: 2, stdout: expect.stringContaining('k0s_confirm=true') });
      expect(await destroy('k0s_confirm=true')).toMatchObject({ code: 0 });
      expect(await on('worker-1', 'ls -d /var/lib/k0s /etc/systemd/system/k0s*')).toBe('');
      const again = await destroy('k0s_confirm=true');
      expect(Object.values(recap(again.stdout)).map(({ changed }) => changed)).toEqual([0, 0, 0, 0]);
    },
    TIMEOUT,
  );

  test(
    'k0sctl makes a cluster on the nodes that were wiped, and nothing the second time',
    async () => {
      const path = `${resolve('test/stand-ins/k0s/bin')}${delimiter}${process.env['PATH']}`;
      const withK0sctl = () => up(1, 'k0s_bootstrap=k0sctl', { PATH: path });
      expect(await withK0sctl()).toMatchObject({ code: 0 });
      expect(await on('control-plane-1', 'k0s kubectl get nodes -o name')).toBe(
        'node/control-plane-1\nnode/worker-1\n',
      );
      expect(await on('control-plane-1', 'k0s token list')).toBe('No k0s join tokens found\n');
      const again = await withK0sctl();
      expect(Object.values(recap(again.stdout)).map(({ changed }) => changed)).toEqual([0, 0, 0]);
    },
    TIMEOUT,
  );
});
