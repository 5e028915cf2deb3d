import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';

const CONTROL_PLANES = ['control-plane-1', 'control-plane-2', 'control-plane-3'];
const HOSTS = [...CONTROL_PLANES, 'worker-1', 'worker-2'];
/** Milliseconds: apt installs on five hosts. */
const DEPLOY_TIMEOUT = 600_000;

describeOnLab('playbooks/deploy-fastpass.yml', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastpass-'));
  const kubeconfig = join(folder, 'kube', 'config');
  afterAll(() => rmSync(folder, { recursive: true }));

  const onLab = (playbook: string, ...args: string[]) => {
    const inventories = ['-i', 'inventories/fastpass/hosts.yml', '-i', lab.inventory];
    const variables = ['-e', '@test/stand-ins/vars.yml', '-e', `kubeconfig_path=${kubeconfig} join_first_wait=1`];
    return tsplay('run', playbook, ...inventories, ...variables, ...args);
  };
  const deploy = (...args: string[]) => onLab('playbooks/deploy-fastpass.yml', ...args);
  const kubectl = async (host: string, command: string) =>
    (await lab.ssh(host, `kubectl --kubeconfig /etc/kubernetes/admin.conf ${command}`)).stdout;
  const changes = (output: string) => Object.entries(recap(output)).map(([host, { changed }]) => [host, changed]);

  test(
    'check mode says what would change on fresh hosts, and changes nothing',
    async () => {
      const { code, stdout } = await deploy('--check', '--diff');
      expect({ code, recap: recap(stdout) }).toMatchObject({
        code: 0,
        recap: Object.fromEntries(HOSTS.map((host) => [host, { failed: 0, unreachable: 0 }])),
      });
      expect(stdout).toContain('+net.ipv4.ip_forward=1');
      for (const host of HOSTS) expect(await lab.changes(host)).toEqual([]);
    },
    DEPLOY_TIMEOUT,
  );

  test(
    'deploys five hosts, though two joins fail half-way',
    async () => {
      expect(await onLab('test/stand-ins/install.yml')).toMatchObject({ code: 0 });
      for (const host of ['control-plane-3', 'worker-1']) {
        await lab.ssh(host, 'mkdir /etc/stand-in && echo 1 >/etc/stand-in/fail-next-join');
      }
      const { code, stdout } = await deploy();
      expect({ code, recap: recap(stdout) }).toMatchObject({
        code: 0,
        recap: { 'control-plane-3': { rescued: 1 }, 'worker-1': { rescued: 1 }, 'worker-2': { rescued: 0 } },
      });
      for (const host of CONTROL_PLANES)
        expect(await kubectl(host, 'get nodes -o name')).toBe(HOSTS.map((name) => `node/${name}\n`).join(''));
      expect(await kubectl('control-plane-1', 'get nodes')).not.toContain('NotReady');
    },
    DEPLOY_TIMEOUT,
  );

  test(
    'the same again changes nothing',
    async () => {
      const { code, stdout } = await deploy();
      expect({ code, changed: changes(stdout) }).toEqual({ code: 0, changed: HOSTS.map((host) => [host, 0]) });
    },
    DEPLOY_TIMEOUT,
  );

  test(
    'a limit touches just those hosts',
    async () => {
      const { code, stdout } = await deploy('-l', 'fastpass_control_plane[1:]');
      expect({ code, hosts: Object.keys(recap(stdout)) }).toEqual({ code: 0, hosts: CONTROL_PLANES.slice(1) });
    },
    DEPLOY_TIMEOUT,
  );

  test.each(HOSTS)(
    '%s has the firewall on with SSH and the network of pods let in, the runtime up and the packages held',
    async (host) => {
      const { stdout } = await lab.ssh(
        host,
        'ufw status; ufw app info flannel_vxlan; systemctl is-active containerd kubelet; apt-mark showhold; containerd config dump | grep SystemdCgroup',
      );
      expect(stdout).toMatch(/Status: active[\s\S]*OpenSSH +ALLOW/);
      expect(stdout).toMatch(/\nflannel_vxlan +ALLOW[\s\S]*\nPort:\n +8472\/udp\n/);
      expect(stdout).toMatch(/(^|\n)active\nactive\nkubeadm\nkubectl\nkubelet\n *SystemdCgroup = true\n$/);
    },
  );

  test('no token outlives its join, and no secret is left on a disk', async () => {
    // kubeadm itself keeps one that nobody can join with: the uploaded certificates go when it ends.
    const tokens = (await lab.ssh('control-plane-1', "kubeadm token list | grep -v 'Proxy for managing TTL'")).stdout;
    expect(tokens).not.toMatch(/^[a-z0-9]{6}\./m);
    for (const host of HOSTS) {
      const { stdout } = await lab.ssh(
        host,
        "grep -rlEI 'certificateKey|JoinConfiguration' /etc /root /tmp /var/tmp /var/log || true",
      );
      expect(stdout).toBe('');
    }
  });

  test("the administrator's access is kept on the controller", () => {
    expect(statSync(kubeconfig).mode & 0o777).toBe(0o600);
    expect(readFileSync(kubeconfig, 'utf8')).toMatch(
      /server: https:\/\/api\.fastpass\.internal:6443\n[\s\S]*name: fastpass-admin/,
    );
  });
});
