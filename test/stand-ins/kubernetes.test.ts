import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { installKubernetes, Joining } from './hosts.ts';
import { WITH_ETCD } from './images.ts';

/** Without patience, kubeadm asks once where it would wait for minutes. */
const IMPATIENT = 'echo 0 >/etc/stand-in/patience';

describeOnLab('stand-ins for kubeadm, kubelet and kubectl', { hosts: ['first', 'second'], setup: WITH_ETCD }, (lab) => {
  const cluster = new Joining(lab, 'first');
  let join = '';
  const admin = (command: string) => cluster.kubectl(command);
  const skew = (seconds: number) => lab.ssh('first', `echo ${seconds} >/etc/stand-in/clock-skew`);

  beforeAll(async () => {
    await installKubernetes(lab, ['first', 'second'], '1.30.4', '1.31.2');
    expect(await cluster.init()).toMatchObject({ code: 0 });
    await lab.ssh('second', IMPATIENT);
    join = await cluster.worker();
  }, labTimeout);

  describe('a join is refused', () => {
    const wrongKey = 'error decoding secret data with provided key: cipher: message authentication failed';
    test.each([
      [
        'with an unknown token',
        () => join.replace(/--token ......\./, '--token zzzzzz.'),
        2,
        'could not find a JWS signature in the cluster-info ConfigMap for token ID "zzzzzz"',
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
      ['with a wrong certificate key', async () => withKey(await cluster.controlPlane()), 1, wrongKey],
      [
        'where nobody answers',
        () => join.replace(/join \S+/, `join ${lab.address('second')}:6443`),
        2,
        'failed to request the cluster-info',
      ],
      ['without a token', () => join.replace(/--token \S+/, ''), 3, 'bootstrapToken or file must be set'],
      [
        'as a control plane without certificates',
        () => `${join} --control-plane`,
        2,
        'failure loading certificate for CA',
      ],
    ])(
      '%s',
      async (_, command, code, message) => {
        const line = await command();
        const answer = await lab.ssh('second', `${line}; code=$?; kubeadm reset -f >/dev/null 2>&1; exit $code`);
        expect(answer).toMatchObject({ code, stderr: expect.stringContaining(message) });
      },
      labTimeout,
    );
  });

  test(
    'a token and a certificate key end with their time',
    async () => {
      const plane = await cluster.controlPlane();
      await skew(2 * 3600 + 60);
      const gone =
        'until ! kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get secret kubeadm-certs; do :; done';
      await lab.ssh('first', `${gone} 2>/dev/null`);
      expect(await lab.ssh('second', plane)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('could not find a JWS signature'),
      });
      const fresh = (await cluster.worker()).replace(/$/, plane.slice(plane.indexOf(' --control-plane')));
      expect(await lab.ssh('second', fresh)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Secret "kubeadm-certs" was not found in the "kube-system" Namespace'),
      });
      await skew(0);
      await lab.ssh('second', 'kubeadm reset -f');
      join = await cluster.worker();
    },
    labTimeout,
  );

  test(
    'a join that fails half-way leaves its files, and reset removes them',
    async () => {
      await lab.ssh('second', 'rm /etc/stand-in/patience; echo 1 >/etc/stand-in/fail-next-join');
      expect(await lab.ssh('second', join)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('error execution phase kubelet-start: timed out waiting for the condition'),
      });
      const files =
        '[ERROR FileAvailable--etc-kubernetes-bootstrap-kubelet.conf]: /etc/kubernetes/bootstrap-kubelet.conf already';
      expect(await lab.ssh('second', join)).toMatchObject({ code: 2, stderr: expect.stringContaining(files) });
      await lab.ssh('second', 'kubeadm reset -f');
      expect(await lab.ssh('second', 'ls /etc/kubernetes/bootstrap-kubelet.conf')).toMatchObject({ code: 2 });
    },
    labTimeout,
  );

  test(
    'a worker joins once, and is Ready',
    async () => {
      expect(await lab.ssh('second', join)).toMatchObject({ code: 0 });
      expect(await lab.ssh('second', join)).toMatchObject({ code: 2 });
      expect(await admin('wait --for=condition=Ready node/first node/second --timeout=60s')).toMatchObject({ code: 0 });
      const taken = `kubeadm reset -f >/dev/null; ${join}`;
      expect(await lab.ssh('second', taken)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('a Node with name "second" and status "Ready" already exists'),
      });
      expect(await lab.ssh('second', 'kubeadm reset -f')).toMatchObject({ code: 0 });
      expect(await admin('delete node second')).toMatchObject({ code: 0 });
      expect(await lab.ssh('second', join)).toMatchObject({ code: 0 });
    },
    labTimeout,
  );

  test(
    'a drain waits for disruption budgets, and fails when they do not yield',
    async () => {
      await lab.ssh('first', `cat >/root/web.yml`, { input: WEB });
      expect(await admin('apply -f /root/web.yml')).toMatchObject({ code: 0 });
      expect(await admin('rollout status deployment/web --timeout=60s')).toMatchObject({ code: 0 });
      const drained = await admin('drain second --ignore-daemonsets --timeout=1s');
      expect(drained).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("Cannot evict pod as it would violate the pod's disruption budget."),
      });
      expect(await admin('drain second')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'),
      });
      await admin('delete pdb web');
      expect(await admin('drain second --ignore-daemonsets --timeout=60s')).toMatchObject({ code: 0 });
      expect((await admin('get node second')).stdout).toContain('Ready,SchedulingDisabled');
    },
    labTimeout,
  );

  test(
    'an upgrade goes one minor version at a time, the control plane first',
    async () => {
      const other = await lab.ssh('second', 'dpkg -i /opt/repository/kubelet_1.31.2*; kubeadm reset -f; kubeadm init');
      expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('[ERROR KubeletVersion]') });
      const ahead = await lab.ssh('first', 'kubeadm upgrade apply v1.31.2 -y');
      expect(ahead).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('(31 > 30). Such an upgrade is not supported'),
      });
      await lab.ssh('first', 'dpkg -i /opt/repository/kubeadm_1.31.2*');
      const far = await lab.ssh('first', 'kubeadm upgrade apply v1.32.0 -y');
      expect(far).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('can upgrade only 1 minor version at a time'),
      });
      expect(await lab.ssh('first', 'kubeadm upgrade apply v1.31.2 -y')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('SUCCESS! Your cluster was upgraded to "v1.31.2". Enjoy!'),
      });
      expect((await admin('version')).stdout).toContain('Server Version: v1.31.2');
      expect((await admin('get node first')).stdout).toContain('v1.30.4');
      await lab.ssh('first', 'dpkg -i /opt/repository/kubelet_1.31.2* && systemctl restart kubelet');
      const renewed = "wait node/first --for=jsonpath='{.status.nodeInfo.kubeletVersion}'=v1.31.2 --timeout=60s";
      expect(await admin(renewed)).toMatchObject({ code: 0 });
    },
    labTimeout,
  );
});

function withKey(command: string): string {
  return command.replace(/--certificate-key \w+/, `--certificate-key ${'0'.repeat(64)}`);
}

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
`;
