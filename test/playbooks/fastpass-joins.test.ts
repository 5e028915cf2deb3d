import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_RUNTIME } from '../stand-ins/images.ts';
import { runWithFault } from './faults/run-with-fault.ts';

const HOSTS = ['control-plane-1', 'control-plane-2', 'control-plane-3'];
/** Milliseconds: apt installs on all hosts, and joins wait for real etcd members. */
const TIMEOUT = 600_000;
const PLAYBOOK = 'playbooks/deploy-fastpass.yml';
const FAULTS = '/etc/stand-in/kubeadm-faults';
const FREEZE = '/etc/stand-in/freeze-learner';

/** A pod that may not leave the node on which it must be. */
const BOUND = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: bound}
spec:
  replicas: 1
  selector: {matchLabels: {app: bound}}
  template:
    metadata: {labels: {app: bound}}
    spec:
      nodeSelector: {kubernetes.io/hostname: control-plane-3}
      tolerations: [{operator: Exists}]
      containers: [{name: bound, image: bound}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: bound}
spec: {minAvailable: 1, selector: {matchLabels: {app: bound}}}
`;

describeOnLab('joins and members of a FastPass cluster', { hosts: HOSTS, setup: WITH_RUNTIME }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastpass-joins-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const settings = () => {
    const inventories = ['-i', 'inventories/fastpass/hosts.yml', '-i', lab.inventory];
    const quick = 'join_first_wait=1 etcd_retries=8 etcd_delay=1 api_health_retries=10 api_health_delay=1';
    const variables = ['-e', '@test/stand-ins/vars.yml', '-e', `kubeconfig_path=${join(folder, 'config')} ${quick}`];
    return [...inventories, ...variables];
  };
  const run = (playbook: string, ...args: string[]) => tsplay('run', playbook, ...settings(), ...args);
  const deploy = (host: string, ...args: string[]) => run(PLAYBOOK, '-l', `control-plane-1,${host}`, ...args);
  const on = async (host: string, command: string) => (await lab.ssh(host, command)).stdout;
  const comes = async (host: string, command: string) => {
    while ((await lab.ssh(host, command)).code !== 0) await wait(100);
  };
  const etcd = async (command: string) => {
    const pki = '/etc/kubernetes/pki/etcd';
    const who = `--cacert ${pki}/ca.crt --cert ${pki}/healthcheck-client.crt --key ${pki}/healthcheck-client.key`;
    return (await lab.ssh('control-plane-1', `etcdctl ${who} --endpoints https://127.0.0.1:2379 ${command}`)).stdout;
  };
  const kubectl = async (command: string) =>
    (await lab.ssh('control-plane-1', `kubectl --kubeconfig /etc/kubernetes/admin.conf ${command}`)).stdout;
  /** For some seconds after a member came etcd takes itself for unhealthy and adds no other. */
  const addLearner = async (name: string, address: string) => {
    while (!(await etcd(`member add ${name} --learner --peer-urls https://${address}:2380`)).includes('added'));
  };
  /** Each member as `NAME voter`, `NAME learner` or `unstarted`, sorted. */
  const members = async () => {
    const lines = (await etcd('member list')).trim().split('\n');
    return lines
      .map((line) => line.split(', '))
      .map(([, state, name, , , learner]) =>
        state === 'unstarted' ? state : `${name} ${learner === 'true' ? 'learner' : 'voter'}`,
      )
      .sort();
  };
  const reset = async (host: string) => {
    await lab.ssh(host, 'kubeadm reset --force');
    await kubectl(`delete node ${host}`);
  };
  const fault = (host: string, ...lines: string[]) =>
    lab.ssh(host, `mkdir -p /etc/stand-in && printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >${FAULTS}`);

  beforeAll(async () => {
    expect(await run('test/stand-ins/install.yml', '-l', HOSTS.join())).toMatchObject({ code: 0 });
    const begun = await deploy('control-plane-1');
    if (begun.code !== 0) throw new Error(begun.stdout + begun.stderr);
  }, TIMEOUT);

  describe('a join', () => {
    test(
      'that dies after its learner was added is cleaned up and tried again',
      async () => {
        await fault('control-plane-2', 'fail after control-plane-join/etcd');
        const { code, stdout } = await deploy('control-plane-2');
        expect({ code, recap: recap(stdout) }).toMatchObject({ code: 0, recap: { 'control-plane-2': { rescued: 1 } } });
        expect(await members()).toEqual(['control-plane-1 voter', 'control-plane-2 voter']);
      },
      TIMEOUT,
    );

    test('had a snapshot of etcd made before, for its owner alone', async () => {
      const { stdout } = await lab.ssh('control-plane-1', 'stat -c %a /var/backups/etcd /var/backups/etcd/*');
      expect(stdout).toBe('700\n600\n');
    });

    test(
      'is refused while another has left a learner',
      async () => {
        await addLearner('stranger', '192.0.2.77');
        const { code, stdout } = await deploy('control-plane-3');
        expect({ code, stdout }).toEqual({
          code: 2,
          stdout: expect.stringContaining(
            '192.0.2.77 is a learner that has not caught up, or a member that never started',
          ),
        });
        const [id] = /^\w+(?=, unstarted)/m.exec(await etcd('member list')) ?? [];
        await etcd(`member remove ${id}`);
        expect(await members()).toEqual(['control-plane-1 voter', 'control-plane-2 voter']);
      },
      TIMEOUT,
    );

    test(
      'is refused where etcd has its address from a time that nobody knows of, until that is allowed',
      async () => {
        await addLearner('old', lab.address('control-plane-3'));
        const refused = await deploy('control-plane-3');
        expect(refused).toMatchObject({
          code: 2,
          stdout: expect.stringContaining('with etcd_remove_stale_member: true it leaves first'),
        });
        expect(await members()).toContain('unstarted');
        const { code, stdout, stderr } = await deploy('control-plane-3', '-e', 'etcd_remove_stale_member=true');
        if (code !== 0) throw new Error(stdout + stderr);
        expect(await members()).toEqual(HOSTS.map((host) => `${host} voter`));
      },
      TIMEOUT,
    );
  });

  test(
    'a join that outlives its controller is over before the run that goes on touches the host',
    async () => {
      await reset('control-plane-2');
      await lab.ssh('control-plane-2', `touch ${FREEZE}`);
      const killed = await runWithFault(
        ['run', PLAYBOOK, ...settings(), '-l', 'control-plane-2'],
        {
          play: 'Join the other control planes, one at a time',
          host: 'control-plane-2',
          task: 'kubeadm-node : Run kubeadm join',
          when: 'before',
        },
        async (controller) => {
          await comes('control-plane-2', 'pgrep -x etcd');
          controller.kill('SIGKILL');
        },
      );
      expect(killed).toMatchObject({ code: undefined, struck: true });
      const resumed = tsplay('resume', '--assume', 'redo');
      await comes('control-plane-2', '[ "$(pgrep -xc flock)" = 2 ]');
      expect(await on('control-plane-2', 'ls /etc/kubernetes/manifests/etcd.yaml; pgrep -xc kubeadm')).toBe(
        '/etc/kubernetes/manifests/etcd.yaml\n1\n',
      );
      await lab.ssh('control-plane-2', `rm ${FREEZE}`);
      const { code, stdout, stderr } = await resumed;
      if (code !== 0) throw new Error(stdout + stderr);
      expect(await members()).toEqual(HOSTS.map((host) => `${host} voter`));
    },
    TIMEOUT,
  );

  test(
    'a control plane that lost the power is taken out when the cluster misses it, and joins anew when it is back',
    async () => {
      const gone = ['playbooks/reset-node.yml', '-e', 'node=control-plane-3', '-e', 'reset_gone=true'] as const;
      expect(await run(...gone)).toMatchObject({
        code: 2,
        stdout: expect.stringContaining('control-plane-3 is Ready: it is not gone'),
      });
      await lab.kill('control-plane-3');
      // Else the cluster would give it forty seconds.
      const silent = JSON.stringify({ spec: { renewTime: '2020-01-01T00:00:00.000000Z' } });
      await kubectl(`-n kube-node-lease patch lease control-plane-3 --type merge -p '${silent}'`);
      const ready = `get node control-plane-3 -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}'`;
      while ((await kubectl(ready)) === 'True');
      const { code, stdout, stderr } = await run(...gone);
      if (code !== 0) throw new Error(stdout + stderr);
      expect(await members()).toEqual(['control-plane-1 voter', 'control-plane-2 voter']);
      expect(await kubectl('get nodes -o name')).toBe('node/control-plane-1\nnode/control-plane-2\n');

      // What it was is still on its disk.
      await lab.boot('control-plane-3');
      const back = await deploy('control-plane-3');
      if (back.code !== 0) throw new Error(back.stdout + back.stderr);
      expect(await members()).toEqual(HOSTS.map((host) => `${host} voter`));
    },
    TIMEOUT,
  );

  test(
    'a node is not taken out while the disruption budget of its pods forbids it',
    async () => {
      await lab.ssh('control-plane-1', 'cat >/root/bound.yml', { input: BOUND });
      await kubectl('apply -f /root/bound.yml');
      await kubectl('rollout status deployment/bound --timeout=60s');
      const refused = await run('playbooks/reset-node.yml', '-e', 'node=control-plane-3 reset_drain_timeout=1s');
      expect(refused).toMatchObject({ code: 2, stdout: expect.stringContaining('disruption budget') });
      expect(await members()).toEqual(HOSTS.map((host) => `${host} voter`));
      expect(await kubectl('get nodes -o name')).toContain('node/control-plane-3\n');
      await kubectl('delete -f /root/bound.yml');
    },
    TIMEOUT,
  );

  test(
    'a node is not taken out where etcd would lose its majority, and is where it would not',
    async () => {
      await lab.ssh('control-plane-2', 'systemctl stop kubelet; pkill -x etcd');
      const refused = await run('playbooks/reset-node.yml', '-e', 'node=control-plane-3');
      expect(refused).toMatchObject({
        code: 2,
        stdout: expect.stringContaining('of which 1 are healthy and 2 are needed'),
      });
      expect(await members()).toHaveLength(3);
      await lab.ssh('control-plane-2', 'systemctl start kubelet');
      const { code, stdout, stderr } = await run(
        'playbooks/reset-node.yml',
        '-e',
        'node=control-plane-3',
        '-e',
        'etcd_retries=30',
      );
      if (code !== 0) throw new Error(stdout + stderr);
      expect(await members()).toEqual(['control-plane-1 voter', 'control-plane-2 voter']);
      expect((await lab.ssh('control-plane-3', 'ls /etc/kubernetes /var/lib/etcd')).code).toBe(2);
      expect((await lab.ssh('control-plane-3', 'ufw status')).stdout).toMatch(/OpenSSH +ALLOW/);
    },
    TIMEOUT,
  );

  test(
    'no second cluster is begun beside that of other control planes',
    async () => {
      const role = ['role', 'first-control-plane', 'control-plane-3', '-e', 'first_control_plane_host=control-plane-3'];
      const inventories = ['-i', 'inventories/fastpass/hosts.yml', '-i', lab.inventory];
      const { code, stdout } = await tsplay(...role, ...inventories, '-e', '@test/stand-ins/vars.yml');
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringContaining('has no cluster, but control-plane-1, control-plane-2 has one'),
      });
    },
    TIMEOUT,
  );
});
