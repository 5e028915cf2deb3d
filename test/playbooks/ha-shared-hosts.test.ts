import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_RUNTIME } from '../stand-ins/images.ts';

const HOSTS = ['control-plane-1', 'control-plane-2'];
const LAB = { hosts: HOSTS, setup: WITH_RUNTIME };
/** Milliseconds: apt installs on the hosts. */
const DEPLOY_TIMEOUT = 600_000;

describeOnLab('playbooks/ha-control-plane.yml with load balancers on the control planes', LAB, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'ha-shared-'));
  const groups = join(folder, 'groups.yml');
  const kubeconfig = join(folder, 'config');
  afterAll(() => rmSync(folder, { recursive: true }));

  const play = (playbook: string) => {
    const members = HOSTS.map((host) => `        ${host}:\n`).join('');
    const control = `    fastpass_control_plane:\n      hosts:\n${members}    fastpass_workers:\n`;
    writeFileSync(
      groups,
      `fastpass:\n  children:\n${control}load_balancers:\n  children:\n    fastpass_control_plane:\n`,
    );
    const address = lab.address('control-plane-1').replace(/\d+$/, '200');
    const variables = `load_balancer_virtual_address=${address} load_balancer_port=8443 kubeconfig_path=${kubeconfig}`;
    const inventories = ['-i', groups, '-i', lab.inventory];
    return tsplay(
      'run',
      playbook,
      ...inventories,
      '-e',
      '@inventories/ha/group_vars/all.yml',
      '-e',
      '@test/stand-ins/vars.yml',
      '-e',
      variables,
    );
  };

  test(
    'deploys, with the API of all on another port than that of each',
    async () => {
      expect(await play('test/stand-ins/install.yml')).toMatchObject({ code: 0 });
      const { code, stdout } = await play('playbooks/ha-control-plane.yml');
      expect({ code, end: stdout.split('PLAY RECAP')[1] }).toMatchObject({ code: 0 });
      expect(readFileSync(kubeconfig, 'utf8')).toContain('server: https://api.ha.internal:8443\n');
      for (const host of HOSTS) {
        const nodes = await lab.ssh(host, 'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o name');
        expect(nodes).toMatchObject({ code: 0, stdout: HOSTS.map((name) => `node/${name}\n`).join('') });
      }
    },
    DEPLOY_TIMEOUT,
  );

  test(
    'the same again changes nothing',
    async () => {
      const { code, stdout } = await play('playbooks/ha-control-plane.yml');
      const changed = Object.entries(recap(stdout)).map(([host, counts]) => [host, counts['changed']]);
      expect({ code, changed }).toEqual({ code: 0, changed: HOSTS.map((host) => [host, 0]) });
    },
    DEPLOY_TIMEOUT,
  );
});
