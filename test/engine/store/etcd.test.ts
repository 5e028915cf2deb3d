import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EtcdStore } from '../../../src/engine/store/etcd/etcd-store.ts';
import type { EtcdOptions } from '../../../src/engine/store/etcd/options.ts';
import { Exchange } from '../../../src/engine/store/exchange.ts';
import { keyOfBytes } from '../../../src/engine/store/key.ts';
import { describeOnLab, labTimeout } from '../../lab/on-lab.ts';
import { builtProgram } from '../../lab/program.ts';
import { type Answer, run } from '../../lab/run.ts';
import { madeShared, SERVER } from './made.ts';

/** Milliseconds: apt installs etcd. */
const INSTALL_TIMEOUT = 300_000;
const CANARY = 'canary-K10-c0ffee::server:5ec2e7';

/** One etcd for each way to reach one: plain, by TLS, with a login, and full. */
const SETUP = `set -e
apt-get -q update; DEBIAN_FRONTEND=noninteractive apt-get -q -y install etcd-server etcd-client openssl
systemctl stop etcd; mkdir -p /srv/tls; cd /srv/tls
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca
for who in server client; do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $who.key -out $who.csr -subj /CN=$who
  echo "subjectAltName=IP:$ADDRESS" > $who.ext
  openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $who.pem -days 2 -extfile $who.ext
done
begin() {
  name=$1 port=$2 scheme=$3; shift 3
  systemd-run -q --unit=etcd-$name etcd --name $name --data-dir /srv/etcd-$name \\
    --listen-client-urls $scheme://0.0.0.0:$port --advertise-client-urls $scheme://$ADDRESS:$port \\
    --listen-peer-urls http://127.0.0.1:$((port + 1)) --initial-advertise-peer-urls http://127.0.0.1:$((port + 1)) \\
    --initial-cluster $name=http://127.0.0.1:$((port + 1)) "$@"
}
begin plain 2379 http
begin tls 2479 https --client-cert-auth \\
  --cert-file $PWD/server.pem --key-file $PWD/server.key --trusted-ca-file $PWD/ca.pem
begin login 2579 http
begin full 2679 http --quota-backend-bytes 1
export ETCDCTL_API=3
for port in 2379 2579 2679; do until etcdctl --endpoints localhost:$port endpoint health; do :; done; done
login='etcdctl --endpoints localhost:2579'
$login user add root:rootpw; $login user grant-role root root
$login user add tsplay:right; $login role add shares; $login role grant-permission shares --prefix=true readwrite /t/
$login user grant-role tsplay shares; $login auth enable
`;

describeOnLab('a store in etcd', { hosts: ['etcd'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const { code, stderr } = await lab.ssh('etcd', `ADDRESS=${lab.address('etcd')}; ${SETUP}`);
    if (code !== 0) throw new Error(stderr);
    for (const name of ['ca.pem', 'client.pem', 'client.key']) {
      writeFileSync(join(folder, name), (await lab.ssh('etcd', `cat /srv/tls/${name}`)).stdout);
    }
  }, INSTALL_TIMEOUT);

  const options = (port: number, more: Partial<EtcdOptions> = {}): EtcdOptions => ({
    endpoints: [{ host: lab.address('etcd'), port }],
    prefix: 't',
    tls: undefined,
    login: undefined,
    ...more,
  });
  /** Does something with a store, and gives it back. */
  const withStore = async <T>(
    made: EtcdOptions,
    use: (exchange: Exchange, store: EtcdStore) => Promise<T>,
  ): Promise<T> => {
    const store = new EtcdStore(made);
    try {
      return await use(new Exchange(store, keyOfBytes(Buffer.alloc(32, 1)), { controller: 'c1' }), store);
    } finally {
      store.close();
    }
  };
  const etcdctl = async (words: string) =>
    (await lab.ssh('etcd', `ETCDCTL_API=3 etcdctl --endpoints localhost:2379 ${words}`)).stdout;

  test(
    'keeps, replaces, lists and removes entries, and those with a time to live are gone after it',
    () =>
      withStore(options(2379), async (exchange, store) => {
        const within = { cluster: 'life' };
        const name = { ...SERVER, cluster: 'life', owner: 'a/b c' };
        await exchange.publish(name, madeShared({ token: 'one' }));
        await exchange.publish(name, madeShared({ token: 'two' }));
        expect((await exchange.find(name))?.facts.get('token')).toBe('two');
        expect((await store.list({})).map((one) => one.name)).toEqual([name]);
        // The lease of what was replaced is given back.
        expect(await etcdctl('lease list')).toContain('found 1 leases');
        const [entry] = await store.list(within);
        await exchange.publish(name, madeShared({ token: 'three' }, { lifetime: null }));
        expect(await store.drop(entry!)).toBe(false);
        expect(await exchange.withdraw(name)).toBe(true);
        expect(await exchange.withdraw(name)).toBe(false);
        await exchange.publish(name, madeShared({ token: 'short' }, { lifetime: 2 }));
        expect(await store.list(within)).toHaveLength(1);
        while ((await store.list(within)).length > 0);
        expect(await etcdctl('get --prefix /t/life')).toBe('');
      }),
    labTimeout,
  );

  test(
    'is asked by any of its members, and says of each why it gives no answer',
    async () => {
      const deaf = { host: lab.address('etcd'), port: 9 };
      await withStore(
        options(0, { endpoints: [deaf, { host: lab.address('etcd'), port: 2379 }] }),
        async (_, store) => {
          expect(await store.list({ cluster: 'none' })).toEqual([]);
        },
      );
      const wrong = { host: lab.address('etcd'), port: 22 };
      await withStore(options(0, { endpoints: [deaf, wrong] }), (_, store) =>
        expect(store.list({})).rejects.toThrow(`:9: connection refused; ${lab.address('etcd')}:22: it speaks no HTTP`),
      );
    },
    labTimeout,
  );

  test(
    'is reached by TLS with certificates on both sides, and only so',
    async () => {
      const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((name) => readFileSync(join(folder, name)));
      const files = { ca, cert, key };
      await withStore(options(2479, { tls: files }), async (exchange) => {
        await exchange.publish(SERVER, madeShared({ token: 'one' }));
        expect((await exchange.find(SERVER))?.facts.get('token')).toBe('one');
      });
      const refusal = (tls: EtcdOptions['tls']) =>
        withStore(options(2479, { tls }), (_, store) => store.list({})).catch((error: Error) => error.message);
      expect(await refusal({ ...files, ca: undefined })).toContain(
        'its certificate is of an authority that is not known',
      );
      expect(await refusal({ ca, cert: undefined, key: undefined })).toContain('it wants a certificate of ours');
      expect(await refusal(undefined)).toContain('TLS (etcds://) on one side only?');
      expect(() => new EtcdStore(options(2479, { tls: { ca, cert: ca, key: ca } }))).toThrow('cannot be used');
    },
    labTimeout,
  );

  test(
    'takes a login, also after it started anew',
    async () => {
      const refusal = (made: EtcdOptions) =>
        withStore(made, (_, store) => store.list({ cluster: 'x' })).catch((error: Error) => error.message);
      expect(await refusal(options(2579))).toContain('refused: user name is empty');
      expect(await refusal(options(2579, { login: { name: 'tsplay', password: 'wrong' } }))).toContain(
        'refused: authentication failed',
      );
      const login = { name: 'tsplay', password: 'right' };
      expect(await refusal(options(2579, { login, prefix: 'other' }))).toContain('refused: permission denied');
      await withStore(options(2579, { login }), async (exchange) => {
        await exchange.publish(SERVER, madeShared({ token: 'one' }));
        const again = 'until ETCDCTL_API=3 etcdctl --user tsplay:right --endpoints localhost:2579 get /t/; do :; done';
        await lab.ssh('etcd', `systemctl restart etcd-login; ${again}`);
        expect((await exchange.find(SERVER))?.facts.get('token')).toBe('one');
      });
    },
    labTimeout,
  );

  test(
    'that is full says so',
    () =>
      withStore(options(2679), async (exchange) => {
        const put = exchange.publish(SERVER, madeShared({ token: 'one' }));
        await expect(put).rejects.toMatchObject({
          message: expect.stringContaining('database space exceeded'),
          hint: expect.stringContaining('etcdctl alarm disarm'),
        });
      }),
    labTimeout,
  );

  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  /** Runs tsplay as a controller that has nothing in common with others but the store. */
  const controller = (name: string, ...args: string[]): Promise<Answer> =>
    run(process.execPath, [builtProgram(), ...args], '', {
      ...process.env,
      TSPLAY_STATE_DIR: join(folder, name),
      TSPLAY_STORE: `etcd://${lab.address('etcd')}:2379/t`,
      TSPLAY_STORE_KEY: 'a key of all controllers',
    });
  const watchers = async () =>
    Number(
      /etcd_debugging_mvcc_watcher_total (\d+)/.exec(
        await (await fetch(`http://${lab.address('etcd')}:2379/metrics`)).text(),
      )?.[1],
    );

  test(
    'one controller waits, etcd starts anew, another shares, and nobody sees what',
    async () => {
      const collecting = write(
        'collect.yml',
        `
- hosts: agent
  gather_facts: false
  tasks:
    - collect: {cluster: prod, kind: server, from: [s1], at_least: all, timeout: 100}
      register: servers
    - debug: {msg: "{{ servers.entries[0].facts.url }} {{ servers.entries[0].facts.token }}"}
    - debug: {msg: "{{ servers.entries[0].facts | to_json | b64encode }}"}
    - debug: {var: servers}
    - fail: {msg: "{{ servers.entries[0].facts.token }}"}
      ignore_errors: true
    - copy: {content: "{{ servers.entries[0].facts.token }}", dest: "${folder}/token"}
      delegate_to: localhost
      connection: local
`,
      );
      const sharing = write(
        'share.yml',
        `
- hosts: s1
  gather_facts: false
  tasks:
    - export: {cluster: prod, kind: server, facts: {token: '${CANARY}', url: 'https://s1:6443'}, plain: [url]}
`,
      );
      const waiting = controller('two', 'run', collecting, '-i', 'agent,', '-vvvv', '--diff');
      while ((await watchers()) < 1);
      await lab.ssh('etcd', 'systemctl restart etcd-plain');
      const shared = await controller('one', 'run', sharing, '-i', 's1,', '-vvvv', '--diff');
      expect(shared).toMatchObject({ code: 0 });
      const collected = await waiting;
      expect(collected).toMatchObject({ code: 0 });
      expect(collected.stdout).toContain('https://s1:6443 ********');
      expect(readFileSync(join(folder, 'token'), 'utf8')).toBe(CANARY);
      rmSync(join(folder, 'token'));
      expect(await controller('one', 'run', sharing, '-i', 's1,')).toMatchObject({
        stdout: expect.stringContaining('changed=0'),
      });
      const reports = await Promise.all(
        ['html', 'markdown', 'json'].map((format) => controller('two', 'report', '--format', format)),
      );
      const shown = await controller('one', 'store', 'show', 'prod', 'server', 's1');
      const raw = await lab.ssh('etcd', 'cat /srv/etcd-plain/member/*/*');
      const texts = [shared, collected, ...reports, shown, raw].flatMap(({ stdout, stderr }) => [stdout, stderr]);
      const kept = ['one', 'two'].flatMap((name) => filesBelow(join(folder, name)));
      expect(kept.length).toBeGreaterThan(3);
      const everything = [...texts, ...kept.map((path) => readFileSync(path, 'latin1'))].join('\n');
      const forms = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, -4), Buffer.from(CANARY).toString('hex')];
      expect(forms.filter((form) => everything.includes(form))).toEqual([]);
      expect(everything).toContain('prod/server/s1');
    },
    labTimeout,
  );
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
