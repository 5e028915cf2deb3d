import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { type Answer, run } from '../lab/run.ts';
import { recap, tsplay } from '../lab/tsplay.ts';
import { WITH_ETCD } from '../stand-ins/images.ts';

const HOSTS = ['server', 'agent'];
/** Milliseconds. */
const PLAY_TIMEOUT = 600_000;
const STAND_IN = ['-e', '@test/stand-ins/k3s/vars.yml'];

// Here and not on a lab host: a role that is told something wrong looks at nothing and changes nothing.
describe.each(['server', 'agent'])('the role k3s-%s', (name) => {
  test.each([
    ['token_timeout=29', 'token_timeout (29) is 30 to 600 seconds'],
    ['token_timeout=601', 'token_timeout (601) is 30 to 600 seconds'],
    ['auto_token_sharing=false', 'needed where auto_token_sharing is off'],
  ])('refuses %s first of all', async (variable, reason) => {
    const args = ['role', `k3s-${name}`, 'localhost', '-i', 'localhost,', '-c', 'local', '--check', '-e', variable];
    const { code, stdout } = await tsplay(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(reason) });
    // Facts, the description of the arguments, and the check itself.
    expect(recap(stdout)['localhost']).toMatchObject({ ok: 2, changed: 0, failed: 1 });
  });
});

describeOnLab('variables of playbooks/k3s-cluster.yml', { hosts: HOSTS, setup: WITH_ETCD }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'k3s-variables-'));
  const store = join(folder, 'store');
  const groups = join(folder, 'groups.json');
  /** What a controller has that knows of no server. */
  const agents = join(folder, 'agents.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What is said later counts more. */
  const order = (inventory: string, command: readonly string[], ...args: string[]): Promise<Answer> => {
    const inventories = ['-i', inventory, '-i', lab.inventory];
    const words = [...command, ...inventories, ...STAND_IN, '-e', 'token_timeout=600 k3s_delay=1', ...args];
    // Each play by a controller of its own, as far as runs are concerned.
    const state = mkdtempSync(join(folder, 'state-'));
    const env = {
      ...process.env,
      TSPLAY_STATE_DIR: state,
      TSPLAY_STORE: `file://${store}`,
      TSPLAY_STORE_KEY: 'the key of all controllers',
    };
    return run(process.execPath, [builtProgram(), ...words], '', env);
  };
  const play = (playbook: string, ...args: string[]) => order(groups, ['run', playbook], ...args);
  const deploy = (...args: string[]) => play('playbooks/k3s-cluster.yml', ...args);
  const nodes = async () => (await lab.ssh('server', 'k3s kubectl get nodes -o name')).stdout;
  const offerReleases = async () =>
    expect(await play('test/stand-ins/k3s/install.yml')).toMatchObject({ code: 0, stderr: '' });

  beforeAll(async () => {
    const group = (host: string) => ({ hosts: { [host]: {} } });
    writeFileSync(groups, JSON.stringify({ k3s_servers: group('server'), k3s_agents: group('agent') }));
    writeFileSync(agents, JSON.stringify({ k3s_agents: group('agent') }));
    await offerReleases();
  }, PLAY_TIMEOUT);

  test(
    'with wait_for_token=false an agent that nobody tells how to join gives up',
    async () => {
      const { code, stdout } = await deploy('-l', 'agent', '-e', 'wait_for_token=false token_timeout=30');
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringContaining('was shared by 0 hosts, and 1 is needed'),
      });
      expect((await lab.ssh('agent', 'ls /etc/rancher/k3s; systemctl is-active k3s-agent')).stdout).toBe('inactive\n');
    },
    PLAY_TIMEOUT,
  );

  test(
    'an agent of another controller, there before the server, waits for its token',
    async () => {
      const agent = order(agents, ['run', 'playbooks/k3s-cluster.yml'], '-l', 'agent');
      const [server] = await Promise.all([deploy('-l', 'server'), agent]);
      expect([server, await agent]).toMatchObject([{ code: 0 }, { code: 0 }]);
      expect(await nodes()).toBe('node/agent\nnode/server\n');
    },
    PLAY_TIMEOUT,
  );

  test(
    'the last server stays',
    async () => {
      const { code, stdout } = await play('playbooks/k3s-remove-node.yml', '-e', 'k3s_node=server');
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringContaining('No other server of k3s_servers runs, so server cannot leave'),
      });
      expect(recap(stdout)['server']).toMatchObject({ changed: 0 });
      expect(await nodes()).toBe('node/agent\nnode/server\n');
    },
    PLAY_TIMEOUT,
  );

  test(
    'a server is refused whose name or address another node of the cluster has',
    async () => {
      const { code, stdout } = await order(groups, ['role', 'k3s-server', 'agent']);
      const reason = 'has a node or a member of etcd called agent, or one at';
      expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(reason) });
      expect(await nodes()).toBe('node/agent\nnode/server\n');
    },
    PLAY_TIMEOUT,
  );

  test(
    'with auto_token_sharing=false servers and agents take the token that is given, and nothing is shared',
    async () => {
      await lab.reset(...HOSTS);
      rmSync(store, { recursive: true });
      await offerReleases();
      const secrets = join(folder, 'secrets.json');
      const url = `https://${lab.address('server')}:6443`;
      const variables = { auto_token_sharing: false, k3s_token: 'given-by-hand', k3s_server_url: url };
      writeFileSync(secrets, JSON.stringify(variables), { mode: 0o600 });
      const deployed = await deploy('-e', `@${secrets}`);
      expect(deployed).toMatchObject({ code: 0 });
      expect(deployed.stdout).not.toMatch(/TASK \[.*(Collect what (other )?servers share\]|Share address)/);
      expect(deployed.stdout).not.toContain('given-by-hand');
      expect(await nodes()).toBe('node/agent\nnode/server\n');
      expect(readdirSync(folder)).not.toContain('store');
      const { stdout } = await deploy('-e', `@${secrets}`);
      expect(recap(stdout)).toMatchObject({ server: { changed: 0, failed: 0 }, agent: { changed: 0, failed: 0 } });
    },
    PLAY_TIMEOUT,
  );
});
