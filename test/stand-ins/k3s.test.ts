import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { tsplay } from '../lab/tsplay.ts';
import { WITH_ETCD } from './images.ts';

const [A, B, C] = ['first', 'second', 'third'];
/** Milliseconds. */
const TIMEOUT = 300_000;

describeOnLab('stand-in for k3s', { hosts: [A, B, C], setup: WITH_ETCD }, (lab) => {
  let token = '';
  const url = () => `https://${lab.address(A)}:6443`;
  const on = async (host: string, command: string, input = '') => (await lab.ssh(host, command, { input })).stdout;
  /** Asks again and again until a command on the host succeeds, for a minute and a half at most. */
  const until = async (host: string, command: string) => {
    const input = `until ( ${command} ) </dev/null >/dev/null 2>&1; do sleep 0.5; done`;
    const answer = await lab.ssh(host, 'timeout 90 sh -s', { input });
    if (answer.code !== 0) throw new Error(`${host}: ${command}\n${await on(host, 'journalctl -u k3s -o cat -n 30')}`);
  };
  const start = async (host: string, config: string) => {
    await on(host, 'umask 077; cat >/etc/rancher/k3s/config.yaml', config);
    await on(host, 'umask 077; cat >/etc/rancher/k3s/token; systemctl start --no-block k3s', token);
  };
  /** Runs k3s in front, with a token that reaches it by a file; after so many seconds it is ended (124). */
  const attempt = (host: string, what: string, secret: string, seconds = 30) =>
    lab.ssh(host, `umask 077; cat >/root/token; timeout ${seconds} k3s ${what} --token-file /root/token`, {
      input: secret,
    });
  const clean = (host: string) => on(host, 'rm -rf /var/lib/rancher /etc/rancher/node');
  const votes = `k3s kubectl get nodes -o jsonpath='{.items[*].status.conditions[?(@.type=="EtcdIsVoter")].status}'`;
  const joined = '/var/lib/rancher/k3s/server/tls/etcd';
  const etcdctl = `ETCDCTL_API=3 /usr/lib/stand-ins/bin/etcdctl --endpoints=https://127.0.0.1:2379 \
    --cacert=${joined}/server-ca.crt --cert=${joined}/client.crt --key=${joined}/client.key`;

  beforeAll(async () => {
    const inventory = ['-i', lab.inventory, '-e', '@test/stand-ins/k3s/vars.yml'];
    expect(await tsplay('run', 'test/stand-ins/k3s/install.yml', ...inventory)).toMatchObject({ code: 0 });
    const install = ['role', 'k3s-install', 'all', ...inventory, '-e', 'node_type=server'];
    expect(await tsplay(...install)).toMatchObject({ code: 0 });
    await on(A, "echo 'cluster-init: true' >/etc/rancher/k3s/config.yaml; systemctl start --no-block k3s");
    await until(A, '[ "$(k3s kubectl get --raw /readyz)" = ok ] && k3s kubectl get node first');
    token = (await on(A, 'cat /var/lib/rancher/k3s/server/node-token')).trim();
  }, TIMEOUT);

  test('a first server has the files of a real one', async () => {
    expect(token).toMatch(/^K10[0-9a-f]{64}::server:[0-9a-f]{32}$/);
    const hash = await on(A, 'sha256sum </var/lib/rancher/k3s/server/tls/server-ca.crt');
    expect(token.slice(3, 67)).toBe(hash.split(' ')[0]);
    const modes = await on(
      A,
      'cd /var/lib/rancher/k3s/server && stat -c "%a %F" token node-token db cred/passwd /etc/rancher/k3s/k3s.yaml',
    );
    expect(modes).toBe('600 regular file\n777 symbolic link\n700 directory\n600 regular file\n600 regular file\n');
    expect(await on(A, 'k3s --version')).toMatch(/^k3s version v1\.30\.4\+k3s1 \(stand-in\)\n/);
  });

  describe('a server is refused', () => {
    test.each([
      [
        'with a token of another cluster',
        () => token.replace(/^K10.{64}/, `K10${'0'.repeat(64)}`),
        'token CA hash does not match',
      ],
      ['with a wrong password', () => `${token}x`, 'server-bootstrap: 401 Unauthorized'],
      ['with half a token', () => token.slice(0, 40), 'invalid token format'],
      ['without a token', () => '', 'K3S_TOKEN is required to join a cluster'],
    ])(
      '%s',
      async (_, secret, message) => {
        expect(await attempt(B, `server --server ${url()}`, secret())).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(message),
        });
      },
      TIMEOUT,
    );

    test(
      'where nobody answers',
      async () => {
        const nobody = `server --server https://${lab.address(C)}:6443`;
        expect(await attempt(B, nobody, token)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('failed to get CA certs'),
        });
        await clean(B);
      },
      TIMEOUT,
    );
  });

  test(
    'an agent that is refused waits and does not end',
    async () => {
      const refused = 'Waiting to retrieve agent configuration; server is not ready: ';
      expect(await attempt(C, `agent --server ${url()}`, `${token}x`, 5)).toMatchObject({
        code: 124,
        stderr: expect.stringContaining(
          `${refused}failed to retrieve configuration from server: https://127.0.0.1:6444/v1-k3s/config: 401`,
        ),
      });
      expect(await attempt(C, `agent --server ${url()} --node-name ${A}`, token, 5)).toMatchObject({
        code: 124,
        stderr: expect.stringContaining(`${refused}Node password rejected, duplicate hostname`),
      });
    },
    TIMEOUT,
  );

  test(
    'a token with an end is good for agents until then',
    async () => {
      const brief = (await on(A, 'k3s token create --ttl 60s')).trim();
      expect(brief).toMatch(/^K10[0-9a-f]{64}::[a-z0-9]{6}\.[a-z0-9]{16}$/);
      expect((await attempt(C, `agent --server ${url()}`, brief, 6)).stderr).toContain(
        'Successfully registered node third',
      );
      await on(A, 'mkdir -p /etc/stand-in; echo 61 >/etc/stand-in/clock-skew');
      await until(A, 'k3s token list | [ $(wc -l) = 1 ]');
      await on(A, 'rm /etc/stand-in/clock-skew; k3s kubectl delete node third');
      await clean(C);
      expect((await attempt(C, `agent --server ${url()}`, brief, 5)).stderr).toContain('401 Unauthorized');
      await clean(C);
    },
    TIMEOUT,
  );

  test(
    'a learner that never gets on keeps two others waiting; when it is gone they join, one after the other',
    async () => {
      await on(A, `${etcdctl} member add ghost --learner --peer-urls=https://192.0.2.99:2380`);
      await Promise.all([B, C].map((host) => start(host, `server: ${url()}\ntoken-file: /etc/rancher/k3s/token\n`)));
      for (const host of [B, C])
        await until(host, 'journalctl -u k3s -o cat | grep -q "too many learner members in cluster"');
      // From when it was seen first, it has five minutes.
      await until(A, 'journalctl -u k3s -o cat | grep -q "Learner .*stalled for"');
      await on(A, 'mkdir -p /etc/stand-in; echo 301 >/etc/stand-in/clock-skew');
      await until(A, 'journalctl -u k3s -o cat | grep -q "Removed learner"');
      await on(A, 'rm /etc/stand-in/clock-skew');
      for (const host of [B, C]) await until(host, `[ "$(${votes})" = "True True True" ]`);
      expect(await on(A, `${etcdctl} member list`)).toMatch(
        /^(.*, started, (first|second|third)-[0-9a-f]{8}, .*, false\n){3}$/,
      );
    },
    TIMEOUT,
  );

  test(
    'the etcd of a node that is deleted leaves, and joins anew when k3s is started again',
    async () => {
      const before = await on(C, 'cat /var/lib/rancher/k3s/server/db/etcd/name');
      await on(A, `k3s kubectl delete node ${C}`);
      await until(C, 'journalctl -u k3s -o cat | grep -q "tombstone file has been detected"');
      await until(C, 'k3s kubectl get node third');
      expect(await on(C, 'cat /var/lib/rancher/k3s/server/db/etcd/name')).not.toBe(before);
    },
    TIMEOUT,
  );

  test(
    'a snapshot is worthless without its token, and brings the cluster back with it',
    async () => {
      await on(A, 'k3s etcd-snapshot save --name kept; systemctl stop k3s');
      await Promise.all([B, C].map((host) => on(host, 'systemctl stop k3s')));
      const snapshot = await on(A, 'base64 /var/lib/rancher/k3s/server/db/snapshots/kept-*');
      await clean(C);
      await on(C, 'base64 -d >/root/snapshot; echo "cluster-init: true" >/etc/rancher/k3s/config.yaml', snapshot);
      const restore = 'server --cluster-reset --cluster-reset-restore-path /root/snapshot';
      expect(await attempt(C, restore, `${token.slice(0, -1)}x`)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('bootstrap data already found and encrypted with different token'),
      });
      await clean(C);
      expect(await attempt(C, restore, token)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('Managed etcd cluster membership has been reset'),
      });
      await on(C, 'systemctl start --no-block k3s');
      await until(C, `k3s kubectl get nodes ${A} ${B} ${C}`);
    },
    TIMEOUT,
  );
});
