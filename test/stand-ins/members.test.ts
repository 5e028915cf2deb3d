import { beforeAll, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { installKubernetes, Joining } from './hosts.ts';
import { WITH_ETCD } from './images.ts';

const HOSTS = ['first', 'second', 'third'];
const TIMED_OUT = /^Error from server: etcdserver: request timed out/;

describeOnLab('stand-ins for Kubernetes: membership in etcd', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const cluster = new Joining(lab, 'first');
  const reset = (host: string, flags = '') => lab.ssh(host, `kubeadm reset -f ${flags}`);

  /** kubeadm's waits on a host, as a share of what they really are. */
  const patience = (host: string, share: number) => lab.ssh(host, `echo ${share} >/etc/stand-in/patience`);

  beforeAll(() => installKubernetes(lab, HOSTS, '1.30.4'), labTimeout);

  test(
    'without learners, the API is away from when a second member is announced until it runs (kubespray#12370)',
    async () => {
      expect(await cluster.init('--feature-gates EtcdLearnerMode=false')).toMatchObject({ code: 0 });
      await lab.ssh('second', 'echo "die after control-plane-join/etcd/announce" >/etc/stand-in/kubeadm-faults');
      expect(await lab.ssh('second', `${await cluster.controlPlane()}; exit $?`)).toMatchObject({ code: 137 });
      expect((await cluster.kubectl('get nodes')).stderr).toMatch(TIMED_OUT);
      await Promise.all([reset('first'), reset('second')]);
    },
    labTimeout,
  );

  test(
    'a learner that does not catch up blocks every other join (kubeadm#3269)',
    async () => {
      expect(await cluster.init()).toMatchObject({ code: 0 });
      await Promise.all([patience('second', 0.05), patience('third', 0.02)]);
      await lab.ssh('second', 'touch /etc/stand-in/freeze-learner');
      expect(await lab.ssh('second', await cluster.controlPlane())).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /phase control-plane-join\/etcd: .*can only promote a learner member which is in sync/,
        ),
      });
      expect(await cluster.members()).toEqual(['-*', 'first']);
      expect(await lab.ssh('third', await cluster.controlPlane())).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('etcdserver: too many learner members in cluster'),
      });
      expect(await cluster.kubectl('get --raw /readyz')).toMatchObject({ stdout: 'ok' });
      await lab.ssh('second', 'rm /etc/stand-in/freeze-learner /etc/stand-in/patience');
      await lab.ssh('third', 'rm /etc/stand-in/patience');
      await Promise.all([reset('second'), reset('third')]);
      expect(await cluster.members()).toEqual(['first']);
      await cluster.kubectl('delete node second third');
    },
    labTimeout,
  );

  test(
    'two that join at once wait for each other as learners (kubeadm#2005)',
    async () => {
      const [one, two] = [await cluster.controlPlane(), await cluster.worker()];
      const key = one.slice(one.indexOf(' --control-plane'));
      const joined = await Promise.all([lab.ssh('second', one), lab.ssh('third', two + key)]);
      expect(joined.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
        { code: 0, stderr: '' },
        { code: 0, stderr: '' },
      ]);
      expect(await cluster.members('third')).toEqual(HOSTS);
    },
    labTimeout,
  );

  test(
    'without quorum the API answers with errors, and it is back with it',
    async () => {
      const away = 'mv /etc/kubernetes/manifests/etcd.yaml /root/';
      const gone = 'until ! [ -e /run/stand-in/pods/etcd ]; do sleep 0.1; done';
      await Promise.all(['second', 'third'].map((host) => lab.ssh(host, `${away} && ${gone}`)));
      expect((await cluster.kubectl('get nodes')).stderr).toMatch(TIMED_OUT);
      expect(await cluster.kubectl("get --raw '/readyz?verbose'")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('[-]etcd failed: reason withheld'),
      });
      await lab.ssh('second', 'mv /root/etcd.yaml /etc/kubernetes/manifests/');
      const back = 'until kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes; do :; done';
      expect((await lab.ssh('first', `${back} 2>/dev/null`)).stdout).toContain('third');
      await lab.ssh('third', 'mv /root/etcd.yaml /etc/kubernetes/manifests/');
    },
    labTimeout,
  );

  test(
    'a member that was not removed stays, counts, and blocks the next join (kubernetes#81071)',
    async () => {
      await reset('third', '--skip-phases remove-etcd-member');
      await lab.ssh('third', 'rm -rf /var/lib/etcd');
      await cluster.kubectl('delete node third');
      expect(await cluster.members()).toEqual(HOSTS);
      await patience('third', 0.01);
      const join = await cluster.controlPlane();
      expect(await lab.ssh('third', join)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          `error execution phase check-etcd: etcd cluster is not healthy: failed to dial endpoint https://${lab.address('third')}:2379`,
        ),
      });
      await lab.ssh('third', 'kubeadm reset -f; rm /etc/stand-in/patience');
      const stale = (await cluster.etcdctl('member list')).stdout.split('\n').find((line) => line.includes('third'));
      expect(await cluster.etcdctl(`member remove ${stale?.split(',')[0]}`)).toMatchObject({ code: 0 });
      expect(await lab.ssh('third', join)).toMatchObject({ code: 0 });
      expect(await cluster.members()).toEqual(HOSTS);
    },
    labTimeout,
  );

  test(
    'reset leaves the cluster, and the rest keeps its quorum',
    async () => {
      expect(await reset('third')).toMatchObject({ code: 0 });
      expect(await cluster.members()).toEqual(['first', 'second']);
      expect(await cluster.kubectl('get --raw /readyz', 'second')).toMatchObject({ stdout: 'ok' });
    },
    labTimeout,
  );
});
