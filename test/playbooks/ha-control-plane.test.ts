import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { describeOnLab } from '../lab/on-lab.ts';
import { type Endpoint, RequestLoop, send, summarize } from '../lab/request-loop.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';

const BALANCERS = ['lb-1', 'lb-2'];
const CONTROL_PLANES = ['control-plane-1', 'control-plane-2', 'control-plane-3'];
const HOSTS = [...BALANCERS, ...CONTROL_PLANES];
/** Milliseconds: apt installs on five hosts. */
const DEPLOY_TIMEOUT = 600_000;

/** Milliseconds: a host boots, etcd finds its leader. */
const FAILOVER_TIMEOUT = 180_000;

/** How often each failure is tried; with scripts/failover as often as it is told, and the figures are printed. */
const ROUNDS = Number(process.env['TSPLAY_FAILOVERS'] ?? 1);
const isBenchmark = process.env['TSPLAY_FAILOVERS'] !== undefined;
/** Attempts in a row that may fail for a client that waits twice as long after each. */
const ATTEMPTS = 12;

/** Milliseconds. The benchmark asks evenly, so that lost requests are lost time; else as clients of Kubernetes do. */
function pauseAfter(failures: number): number {
  return isBenchmark ? 20 : Math.min(2_000, 25 * 2 ** failures);
}

describeOnLab('playbooks/ha-control-plane.yml', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'ha-'));
  const kubeconfig = join(folder, 'config');
  const figures: string[] = [];
  afterAll(() => {
    rmSync(folder, { recursive: true });
    if (isBenchmark) process.stdout.write(`${figures.join('\n')}\n`);
  });

  const virtualAddress = () => lab.address('lb-1').replace(/\d+$/, '200');
  const play = (playbook: string, ...args: string[]) => {
    const inventories = ['-i', 'inventories/ha/hosts.yml', '-i', lab.inventory, '-l', '!fastpass_workers'];
    const variables = `load_balancer_virtual_address=${virtualAddress()} kubeconfig_path=${kubeconfig} join_first_wait=1`;
    return tsplay('run', playbook, ...inventories, '-e', '@test/stand-ins/vars.yml', '-e', variables, ...args);
  };
  const deploy = (...args: string[]) => play('playbooks/ha-control-plane.yml', ...args);
  const endpoint = (path = '/api/v1/nodes'): Endpoint => {
    const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8'));
    const pem = (text: string) => Buffer.from(text, 'base64').toString();
    const ca = pem(clusters[0].cluster['certificate-authority-data']);
    const { 'client-certificate-data': cert, 'client-key-data': key } = users[0].user;
    const name = new URL(clusters[0].cluster.server).hostname;
    return { address: virtualAddress(), port: 6443, path, name, ca, cert: pem(cert), key: pem(key) };
  };
  /** The load balancers that have the virtual address. */
  const holders = async () => {
    const shown = await Promise.all(
      BALANCERS.map((host) => lab.ssh(host, `ip -brief address show to ${virtualAddress()}`)),
    );
    return BALANCERS.filter((_, at) => shown[at]!.stdout !== '');
  };

  const kubectl = (host: string, command: string) =>
    lab.ssh(host, `kubectl --kubeconfig /etc/kubernetes/admin.conf --request-timeout 10s ${command}`);
  /** Waits until a load balancer uses every API server. */
  const inUse = (host: string) =>
    lab.ssh(
      host,
      `until curl -sf --unix-socket /run/haproxy/health.sock 'http://haproxy/servers;csv' | grep -c '^kubernetes-api,control.*,UP,' | grep -qx 3; do sleep 0.2; done`,
    );
  const allInUse = () => Promise.all(BALANCERS.map(inUse));

  /** What requests through the endpoint feel of a failure, from before it until they are answered again. */
  const underRequests = async (title: string, fail: () => Promise<unknown>) => {
    const requests = new RequestLoop(endpoint(), pauseAfter);
    await requests.answered(20);
    await fail();
    await requests.answered(20);
    const { sent, lost, inARow, longest } = summarize(await requests.stop());
    figures.push(
      `${title}: ${lost} of ${sent} requests lost, ${inARow} in a row, ${Math.round(longest)} ms without an answer`,
    );
    expect(inARow).toBeLessThan(isBenchmark ? Number.POSITIVE_INFINITY : ATTEMPTS);
  };

  test(
    'check mode says what would change on fresh hosts, and changes nothing',
    async () => {
      const { code, stdout } = await deploy('--check', '--diff');
      expect({ code, hosts: Object.keys(recap(stdout)) }).toEqual({ code: 0, hosts: [...HOSTS].sort() });
      for (const host of HOSTS) expect(await lab.changes(host)).toEqual([]);
    },
    DEPLOY_TIMEOUT,
  );

  test(
    'deploys three control planes behind two load balancers',
    async () => {
      expect(await play('test/stand-ins/install.yml')).toMatchObject({ code: 0 });
      const { code, stdout } = await deploy();
      expect({ code, end: stdout.split('PLAY RECAP')[1] }).toMatchObject({ code: 0 });
      expect(await send(endpoint())).toBeUndefined();
      expect(await holders()).toHaveLength(1);
    },
    DEPLOY_TIMEOUT,
  );

  test.each([
    [
      'HAProxy',
      (host: string) => lab.ssh(host, 'systemctl stop haproxy'),
      (host: string) => lab.ssh(host, 'systemctl start haproxy'),
    ],
    ['the power', (host: string) => lab.kill(host), (host: string) => lab.boot(host)],
  ])(
    'a load balancer that loses %s hands its address to the other, which keeps it',
    async (what, lose, restore) => {
      for (let round = 0; round < ROUNDS; round++) {
        const [lost] = await holders();
        await underRequests(`A load balancer loses ${what}`, () => lose(lost!));
        const [next] = await holders();
        expect(next).not.toBe(lost);
        await restore(lost!);
        await underRequests(`It gets ${what} back`, () => inUse(lost!));
        expect(await holders()).toEqual([next]);
      }
    },
    FAILOVER_TIMEOUT * ROUNDS,
  );

  test.each(CONTROL_PLANES.slice(0, isBenchmark ? 3 : 1))(
    'without %s the endpoint goes on answering, and takes changes',
    async (lost) => {
      for (let round = 0; round < ROUNDS; round++) {
        await underRequests(`${lost} loses the power`, () => lab.kill(lost));
        const [other] = CONTROL_PLANES.filter((host) => host !== lost);
        const labelled = await kubectl(other!, `label node ${other} round=${round} --overwrite`);
        expect(labelled).toMatchObject({ code: 0 });
        await underRequests('It gets the power back', () => lab.boot(lost));
        await allInUse();
      }
    },
    FAILOVER_TIMEOUT * ROUNDS,
  );

  test(
    'without two of three the API refuses, until one is back',
    async () => {
      const [survivor, ...lost] = [...CONTROL_PLANES].reverse();
      await lab.kill(...lost);
      const requests = new RequestLoop(endpoint('/readyz'), pauseAfter);
      await requests.failed(3);
      const alone = { ...endpoint('/readyz'), address: lab.address(survivor!) };
      expect(await send(alone)).toMatch(/^status 5/);
      await lab.boot(lost[0]!);
      await requests.answered(5);
      await requests.stop();
      expect(await kubectl(survivor!, `label node ${survivor} back=yes --overwrite`)).toMatchObject({ code: 0 });
      await lab.boot(lost[1]!);
      await allInUse();
    },
    FAILOVER_TIMEOUT,
  );

  test(
    'after all of that the playbook has nothing to change',
    async () => {
      const { code, stdout } = await deploy();
      const changed = Object.entries(recap(stdout)).map(([host, counts]) => [host, counts['changed']]);
      expect({ code, changed }).toEqual({ code: 0, changed: [...HOSTS].sort().map((host) => [host, 0]) });
    },
    DEPLOY_TIMEOUT,
  );
});
