import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { type Answer, run } from '../lab/run.ts';
import { recap } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';

const SERVERS = ['server-1', 'server-2', 'server-3'];
const [FIRST, , LAST] = SERVERS as [string, string, string];
const AGENT = 'agent-1';
/** Of which the first controller knows nothing. */
const LATER = 'agent-2';
const HOSTS = [...SERVERS, AGENT, LATER];
/** Milliseconds. */
const PLAY_TIMEOUT = 600_000;

interface Controller {
  readonly inventory: string;
  readonly state: string;
}

describeOnLab('playbooks/k3s-cluster.yml', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'k3s-'));
  const outputs: string[] = [];
  const tokens: string[] = [];
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A controller with a state folder and an inventory of its own; all share through one store. */
  function controller(name: string, servers: readonly string[], agents: readonly string[]): Controller {
    const inventory = join(folder, `${name}.json`);
    const group = (members: readonly string[]) => ({ hosts: Object.fromEntries(members.map((host) => [host, {}])) });
    writeFileSync(inventory, JSON.stringify({ k3s_servers: group(servers), k3s_agents: group(agents) }));
    mkdirSync(join(folder, name), { mode: 0o700 });
    return { inventory, state: join(folder, name) };
  }
  const here = controller('here', SERVERS, [AGENT]);
  const elsewhere = controller('elsewhere', [], [LATER]);

  async function play({ inventory, state }: Controller, playbook: string, ...args: string[]): Promise<Answer> {
    const variables = ['-e', '@test/stand-ins/k3s/vars.yml', '-e', 'token_timeout=120 k3s_delay=1'];
    const env = {
      ...process.env,
      TSPLAY_STATE_DIR: state,
      TSPLAY_STORE: `file://${folder}/store`,
      TSPLAY_STORE_KEY: 'the key that both controllers have',
    };
    const words = ['run', playbook, '-i', inventory, '-i', lab.inventory, ...variables, ...args];
    const answer = await run(process.execPath, [builtProgram(), ...words], '', env);
    outputs.push(answer.stdout, answer.stderr);
    return answer;
  }
  async function succeed(...args: Parameters<typeof play>): Promise<string> {
    const answer = await play(...args);
    if (answer.code !== 0) throw new Error(`${args[1]}:\n${answer.stdout.slice(-4000)}${answer.stderr.slice(-2000)}`);
    return answer.stdout;
  }
  const deploy = (...args: string[]) => succeed(here, 'playbooks/k3s-cluster.yml', ...args);
  const changes = (output: string) =>
    Object.fromEntries(Object.entries(recap(output)).map(([k, v]) => [k, v['changed']]));
  const on = async (host: string, command: string) => (await lab.ssh(host, command)).stdout;
  const nodes = (host = FIRST) => on(host, "k3s kubectl get nodes -o jsonpath='{.items[*].metadata.name}'");
  const votes = (host = FIRST) =>
    on(host, `k3s kubectl get nodes -o jsonpath='{.items[*].status.conditions[?(@.type=="EtcdIsVoter")].status}'`);
  const password = async (host = FIRST) =>
    (await on(host, 'cat /var/lib/rancher/k3s/server/node-token')).trim().split(':').at(-1) ?? '';
  /** What the supervisor of each server answers to an agent with this password. */
  const accepts = (secret: string) =>
    Promise.all(
      SERVERS.map((host) => {
        const input = `user = "node:${secret}"\nurl = "https://${lab.address(host)}:6443/v1-k3s/config"\n`;
        const curl = "curl --insecure --silent --output /dev/null --write-out '%{http_code}' --config -";
        return lab.ssh(AGENT, curl, { input }).then(({ stdout }) => stdout);
      }),
    );

  beforeAll(async () => {
    await Promise.all(
      HOSTS.map((host) =>
        lab.ssh(host, "nohup sh -c 'while sleep 0.3; do cat /proc/[0-9]*/cmdline; done' >/root/seen 2>/dev/null &"),
      ),
    );
  });

  test(
    'check mode says what would change on fresh hosts, and changes nothing',
    async () => {
      await succeed(here, 'test/stand-ins/k3s/install.yml', '-e', 'k3s_stand_in_hosts=all');
      const before = await Promise.all(HOSTS.map((host) => lab.changes(host)));
      const output = await deploy('--check', '--diff');
      expect(output).toContain('+cluster-init: true');
      expect(await Promise.all(HOSTS.map((host) => lab.changes(host)))).toEqual(before);
    },
    PLAY_TIMEOUT,
  );

  test(
    'three servers join one at a time, each when all vote, and an agent after them; what was shared before hosts were fresh does not count',
    async () => {
      const facts = { url: 'https://192.0.2.1:6443', token: 'K10old::server:of a cluster that is gone' };
      const share = { 'tsplay.builtin.export': { cluster: 'k3s', kind: 'k3s_server', facts, plain: ['url'] } };
      writeFileSync(join(folder, 'old.yml'), JSON.stringify([{ hosts: SERVERS, tasks: [share] }]));
      await succeed(here, join(folder, 'old.yml'));
      await deploy('-vvvv');
      tokens.push(await password());
      expect(await nodes()).toBe('agent-1 server-1 server-2 server-3');
      expect(await votes(LAST)).toBe('True True True');
      // A snapshot before each join, with the token without which nobody could restore it.
      const kept = await on(FIRST, 'cd /var/lib/rancher/k3s/server/db && ls snapshots && ls -l snapshot-tokens');
      expect(kept).toMatch(/^(before-join-server-1-\d+\n){2}total \d+\n(-rw------- .* before-join-server-1-\d+\n){2}$/);
    },
    PLAY_TIMEOUT,
  );

  test(
    'the same again changes nothing',
    async () => {
      expect(changes(await deploy())).toEqual({ 'agent-1': 0, 'server-1': 0, 'server-2': 0, 'server-3': 0 });
    },
    PLAY_TIMEOUT,
  );

  test(
    'seven checks are told of a server, and the token is not',
    async () => {
      const output = await succeed(here, 'playbooks/k3s-verify-token.yml', '-l', FIRST);
      for (const line of [
        'server-1 of \\"k3s\\" is ready for agents',
        'ok     SSH connectivity: OK',
        'ok     k3s service: active',
        'ok     Node status: Ready',
        'ok     Server token: there',
        'ok     Token format: valid',
        'ok     Authentication: accepted',
        'ok     API server: ready',
      ])
        expect(output).toContain(line);
    },
    PLAY_TIMEOUT,
  );

  test(
    'a token that is not of this cluster is told, and ends the play',
    async () => {
      const token = '/var/lib/rancher/k3s/server/token';
      await on(FIRST, `cp ${token} /root/token && sed -i 's/::server:.*/::server:somebodyelses/' ${token}`);
      const { code, stdout } = await play(here, 'playbooks/k3s-verify-token.yml', '-l', FIRST);
      await on(FIRST, `cp /root/token ${token} && rm /root/token`);
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringContaining('FAILED Authentication: refused (401)'),
      });
    },
    PLAY_TIMEOUT,
  );

  test(
    'another controller adds an agent, by what the servers share',
    async () => {
      expect(recap(await succeed(elsewhere, 'playbooks/k3s-cluster.yml'))).toMatchObject({ [LATER]: { failed: 0 } });
      expect(await nodes()).toContain(LATER);
    },
    PLAY_TIMEOUT,
  );

  test(
    'a server leaves with its etcd, and joins anew',
    async () => {
      await succeed(here, 'playbooks/k3s-remove-node.yml', '-e', `k3s_node=${LAST}`);
      expect([await nodes(), await votes()]).toEqual(['agent-1 agent-2 server-1 server-2', 'True True']);
      expect(await on(LAST, 'ls /var/lib/rancher /usr/local/bin; pgrep etcd')).toBe(
        '/usr/local/bin:\n\n/var/lib/rancher:\n',
      );
      expect(readdirSync(`${folder}/store`, { recursive: true }).join()).not.toContain(LAST);
      await deploy('-l', `${FIRST},${LAST}`);
      expect([await nodes(LAST), await votes(LAST)]).toEqual([
        'agent-1 agent-2 server-1 server-2 server-3',
        'True True True',
      ]);
    },
    PLAY_TIMEOUT,
  );

  test(
    'the token is exchanged on all nodes, and the old one is refused',
    async () => {
      await succeed(here, 'playbooks/k3s-rotate-token.yml');
      const fresh = await password();
      tokens.push(fresh);
      expect(fresh).not.toBe(tokens[0]);
      expect(await accepts(tokens[0] ?? '')).toEqual(['401', '401', '401']);
      expect(await accepts(fresh)).toEqual(['200', '200', '200']);
      expect(await votes()).toBe('True True True');
    },
    PLAY_TIMEOUT,
  );

  test('no token is in an output, a log, a list of processes, or a file that others may read', async () => {
    expect(tokens).toHaveLength(2);
    for (const token of tokens) {
      expect(token).toMatch(/^[0-9a-f]{32}$/);
      for (const output of outputs) expect(output).not.toContain(token);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(token);
    }
    const input = `${tokens.join('\n')}\n`;
    const search = `umask 077; cat >/root/canary; grep -aFf /root/canary /root/seen; journalctl --no-pager -o cat | grep -Ff /root/canary
      find / -xdev -type f -perm -o=r ! -path '/proc/*' ! -path '/usr/*' -exec grep -lFf /root/canary {} +`;
    for (const host of HOSTS)
      expect({ host, found: (await lab.ssh(host, search, { input })).stdout }).toEqual({ host, found: '' });
  });
});
