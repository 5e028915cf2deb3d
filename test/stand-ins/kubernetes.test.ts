import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout, run } from '../lab/on-lab.ts';

const SOURCE = resolve(import.meta.dirname, 'kubernetes');

test('the stand-ins are there to be built', () => {
  expect(readdirSync(`${SOURCE}/bin`).sort()).toEqual(['kubeadm', 'kubectl', 'kubelet']);
});

describeOnLab('stand-ins for Kubernetes', { hosts: ['first', 'second', 'third'] }, (lab) => {
  let join = '';
  let key = '';

  beforeAll(async () => {
    const archive = await run('sh', ['-c', 'tar c -C "$1" . | base64', 'sh', SOURCE]);
    const install =
      'mkdir /opt/s && base64 -d | tar x -C /opt/s && /opt/s/build 1.30.4 1.1 /opt/repository && dpkg -i /opt/repository/*.deb' +
      ' && mkdir /run/containerd && touch /run/containerd/containerd.sock && sysctl -w net.ipv4.ip_forward=1';
    const hosts = ['first', 'second', 'third'];
    const installed = await Promise.all(hosts.map((host) => lab.ssh(host, install, { input: archive.stdout })));
    expect(installed.map(({ code }) => code)).toEqual([0, 0, 0]);
    const init = await lab.ssh('first', `kubeadm init --control-plane-endpoint ${lab.address('first')}:6443`);
    expect(init).toMatchObject({ code: 0 });
    join = (await lab.ssh('first', 'kubeadm token create --ttl 1h --print-join-command')).stdout.trim();
    key =
      (await lab.ssh('first', 'kubeadm init phase upload-certs --upload-certs')).stdout.trim().split('\n').at(-1) ?? '';
  }, labTimeout);

  describe('a join is refused', () => {
    const wrongKey = 'error decoding secret data with provided key: cipher: message authentication failed';
    test.each([
      [
        'with an unknown token',
        () => join.replace(/--token ......\./, '--token zzzzzz.'),
        2,
        'could not find a JWS signature',
      ],
      [
        'with the wrong secret',
        () => join.replace(/\.\w{16} /, '.0123456789abcdef '),
        2,
        'failed to verify JWS signature',
      ],
      [
        'with the wrong hash',
        () => join.replace(/sha256:\w+/, `sha256:${'0'.repeat(64)}`),
        2,
        'none of the public keys',
      ],
      [
        'with a wrong certificate key',
        () => `${join} --control-plane --certificate-key ${'0'.repeat(64)}`,
        1,
        wrongKey,
      ],
      [
        'where nobody answers',
        () => join.replace(/join \S+/, `join ${lab.address('second')}:6443`),
        2,
        'failed to request the cluster-info',
      ],
      ['without a token', () => join.replace(/--token \S+/, ''), 3, 'bootstrapToken or file must be set'],
    ])(
      '%s',
      async (_, command, code, message) => {
        const answer = await lab.ssh('second', `${command()}; code=$?; kubeadm reset -f >/dev/null; exit $code`);
        expect(answer).toMatchObject({ code, stderr: expect.stringContaining(message) });
      },
      labTimeout,
    );
  });

  test(
    'an expired token is refused',
    async () => {
      const created = 'kubeadm token create --ttl 1s --print-join-command';
      const expired = (
        await lab.ssh('first', `${created}; until [ "$(kubeadm token list | wc -l)" = 2 ]; do :; done`)
      ).stdout.trim();
      expect(await lab.ssh('second', expired)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('could not find a JWS signature'),
      });
    },
    labTimeout,
  );

  test(
    'a join that fails half-way leaves its files, and reset removes them',
    async () => {
      const failing = `mkdir -p /etc/stand-in; echo 1 >/etc/stand-in/fail-next-join; ${join}`;
      expect(await lab.ssh('second', failing)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('timed out waiting'),
      });
      const files = '[ERROR FileAvailable--etc-kubernetes-kubelet.conf]: /etc/kubernetes/kubelet.conf already exists';
      expect(await lab.ssh('second', join)).toMatchObject({ code: 2, stderr: expect.stringContaining(files) });
      expect(await lab.ssh('second', 'kubeadm reset -f && ls /etc/kubernetes/kubelet.conf')).toMatchObject({ code: 2 });
    },
    labTimeout,
  );

  test(
    'a worker and a control plane join once, and are Ready when there is a network',
    async () => {
      expect(await lab.ssh('second', join)).toMatchObject({ code: 0 });
      expect(await lab.ssh('second', join)).toMatchObject({ code: 2 });
      const address = `--apiserver-advertise-address ${lab.address('third')}`;
      expect(await lab.ssh('third', `${join} --control-plane --certificate-key ${key} ${address}`)).toMatchObject({
        code: 0,
      });
      const admin = 'export KUBECONFIG=/etc/kubernetes/admin.conf;';
      const ready = `${admin} kubectl get nodes -o jsonpath='{.items[*].status.conditions[?(@.type=="Ready")].status}'`;
      expect((await lab.ssh('third', ready)).stdout).toBe('False False False');
      await lab.ssh('first', `${admin} kubectl apply -f /opt/s/network.yml`);
      expect((await lab.ssh('third', ready)).stdout).toBe('True True True');
      const label = `${admin} kubectl label node second tier=web; kubectl get node second -o jsonpath='{.metadata.labels.tier}'`;
      expect((await lab.ssh('third', label)).stdout).toBe('node/second labeled\nweb');
      const taken = `systemctl stop kubelet; kubeadm reset -f >/dev/null; ${join}`;
      expect(await lab.ssh('second', taken)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('"Ready" already exists'),
      });
    },
    labTimeout,
  );

  test(
    'a second init is refused, and another minor version too',
    async () => {
      const files = 'FileAvailable--etc-kubernetes-manifests-kube-apiserver.yaml';
      expect(await lab.ssh('first', 'kubeadm init')).toMatchObject({ code: 2, stderr: expect.stringContaining(files) });
      const other = await lab.ssh('first', 'kubeadm init --kubernetes-version v1.29.0');
      expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('[ERROR KubernetesVersion]') });
    },
    labTimeout,
  );
});
