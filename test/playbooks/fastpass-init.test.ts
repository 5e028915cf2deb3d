import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { changedHosts, tsplay } from '../lab/tsplay.ts';
import { WITH_RUNTIME } from '../stand-ins/images.ts';
import { faultOf } from './faults/kinds.ts';
import { runWithFault } from './faults/run-with-fault.ts';

const HOST = 'control-plane-1';
const PLAYBOOK = 'playbooks/deploy-fastpass.yml';
const KUBECTL = 'kubectl --kubeconfig /etc/kubernetes/admin.conf';
/** Milliseconds: waits for the API belong to it. */
const TIMEOUT = 300_000;

/** What an init has done when it is struck; it has not told anybody of the cluster then. */
const MOMENTS = [
  ['controller', 'before it wrote anything', 'true'],
  ['controller', 'when etcd was to start', 'test -e /etc/kubernetes/manifests/etcd.yaml'],
  ['host', 'when etcd was to start', 'test -e /etc/kubernetes/manifests/etcd.yaml'],
  ['host', 'when it waited for the API', 'test -e /var/lib/etcd/member'],
] as const;

describeOnLab('a first control plane that is struck while it begins', { hosts: [HOST], setup: WITH_RUNTIME }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastpass-init-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const args = (playbook: string) => [
    ...['run', playbook, '-l', HOST, '-i', 'inventories/fastpass/hosts.yml', '-i', lab.inventory],
    ...['-e', '@test/stand-ins/vars.yml', '-e', `kubeconfig_path=${join(folder, 'config')}`],
    ...['-e', JSON.stringify({ ansible_ssh_extra_args: '-oServerAliveInterval=1 -oServerAliveCountMax=5' })],
  ];

  beforeAll(async () => {
    expect(await tsplay(...args('test/stand-ins/install.yml'))).toMatchObject({ code: 0 });
  }, TIMEOUT);

  test.each(MOMENTS)(
    'the %s, %s: a resume makes it whole',
    async (kind, _, until) => {
      await lab.ssh(HOST, 'kubeadm reset --force');
      const { strike, mend } = faultOf(kind, lab, HOST);
      const moment = { play: 'Make the first control plane', host: HOST, task: TASK, when: 'before' } as const;
      const first = await runWithFault(args(PLAYBOOK), moment, async (controller: ChildProcess) => {
        while (controller.exitCode === null && (await lab.ssh(HOST, until)).code !== 0) await wait(20);
        await strike(controller);
      });
      expect(first).toMatchObject({ struck: true });
      expect(first.code).not.toBe(0);
      await mend();

      const { code, stdout, stderr } = await tsplay('resume', '--assume', 'redo');
      if (code !== 0) throw new Error(stdout + stderr);
      // What kubeadm does last of all, without which nobody can join.
      expect((await lab.ssh(HOST, `${KUBECTL} get nodes`)).stdout).toMatch(/control-plane-1 +Ready +control-plane/);
      expect(await lab.ssh(HOST, 'kubeadm token create --print-join-command')).toMatchObject({ code: 0 });
      expect(await lab.ssh(HOST, `${KUBECTL} --namespace kube-system get daemonset kube-proxy`)).toMatchObject({
        code: 0,
      });
      expect(changedHosts((await tsplay(...args(PLAYBOOK))).stdout)).toEqual([]);
    },
    TIMEOUT,
  );
});

const TASK = 'first-control-plane : Run kubeadm init';
