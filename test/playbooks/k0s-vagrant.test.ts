import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { tsplay } from '../lab/tsplay.ts';

/** Milliseconds: apt installs Vagrant. */
const TIMEOUT = 600_000;
const PROVIDERS = ['tart', 'libvirt', 'virtualbox'];

// Vagrant is Debian's own; virtual machines are not had here, so no provider is asked.
describeOnLab('the Vagrantfile of a k0s cluster', { hosts: ['controller'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'k0s-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Describes the cluster here, and brings Vagrantfile and key to the host with Vagrant. */
  const bring = async (provider: string) => {
    const place = join(folder, provider);
    const args = ['-e', `k0s_folder=${place} k0s_vagrant_provider=${provider}`];
    expect(await tsplay('role', 'k0s-cluster', 'localhost', ...args)).toMatchObject({ code: 0 });
    for (const name of ['id_ed25519.pub', 'Vagrantfile']) {
      const input = readFileSync(join(place, name), 'utf8');
      await lab.ssh('controller', `mkdir -p ${place} && cat >${place}/${name}`, { input });
    }
  };
  const inFolder = (provider: string, command: string) =>
    lab.ssh('controller', `cd ${folder}/${provider} && ${command}`);
  const machines = async (provider: string, settings = '') => {
    const { stdout } = await inFolder(provider, `${settings} ruby /root/recorder.rb Vagrantfile`);
    const described = JSON.parse(stdout).vm as Record<string, { vm: Record<string, Record<string, unknown>> }>;
    return Object.entries(described).flatMap(([name, { vm }]) =>
      name.startsWith('define ') ? [[name.slice('define '.length), vm] as const] : [],
    );
  };

  beforeAll(async () => {
    const install =
      'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends vagrant';
    expect(await lab.ssh('controller', install)).toMatchObject({ code: 0 });
    const recorder = readFileSync('test/stand-ins/k0s/recorder.rb', 'utf8');
    await lab.ssh('controller', 'cat >/root/recorder.rb', { input: recorder });
    for (const provider of PROVIDERS) await bring(provider);
  }, TIMEOUT);

  test.each(PROVIDERS)(
    'vagrant validate takes it, with %s',
    async (provider) => {
      const { code, stdout } = await inFolder(provider, 'vagrant validate --ignore-provider');
      expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
        code: 0,
        last: 'Vagrantfile validated successfully.',
      });
    },
    TIMEOUT,
  );

  test.each([
    ['', ['control-plane-1', 'worker-1']],
    [
      'control_plane_count=3 worker_count=5',
      [...[1, 2, 3].map((n) => `control-plane-${n}`), ...[1, 2, 3, 4, 5].map((n) => `worker-${n}`)],
    ],
  ])('with "%s" it describes %j', async (settings, names) => {
    const described = await machines('virtualbox', settings);
    expect(described.map(([name]) => name)).toEqual(names);
    const [, first] = described[0]!;
    const [, last] = described.at(-1)!;
    expect(first).toMatchObject({
      hostname: 'control-plane-1',
      'network private_network': { ip: '192.168.64.10' },
      'provider virtualbox': { memory: 2048, cpus: 2 },
      'disk disk': { size: '32GB', primary: true },
    });
    expect(last).toMatchObject({
      'network private_network': { ip: `192.168.64.${19 + names.filter((name) => name.startsWith('worker')).length}` },
      'provider virtualbox': { memory: 4096, cpus: 2 },
    });
  });

  test('sizes and addresses follow the environment, with Tart too', async () => {
    const [, worker] = (
      await machines('tart', 'memory_worker=8192 cpu_worker=4 disk_size=64 k0s_network_prefix=10.9.8')
    ).at(-1)!;
    expect(worker).toMatchObject({
      'provider tart': { name: 'k0s-worker-1', memory: 8192, cpus: 4, disk: 64 },
      'provision address': { args: ['10.9.8.20'] },
    });
  });

  test('a machine adds its address to its network, for good', async () => {
    const [, worker] = (await machines('tart')).at(-1)!;
    const { inline, args } = worker['provision address'] as { inline: string; args: string[] };
    expect(await lab.ssh('controller', `sh -s ${args[0]}`, { input: inline })).toMatchObject({ code: 0 });
    const shown = 'ip -o -4 address show; systemctl is-enabled cluster-address; systemctl is-active cluster-address';
    expect((await lab.ssh('controller', shown)).stdout).toMatch(
      /inet 192\.168\.64\.20\/24 [\s\S]*\nenabled\nactive\n$/,
    );
  });

  test('settings that cannot be used are told all at once', async () => {
    const { code, stderr } = await inFolder(
      'tart',
      'control_plane_count=4 worker_count=0 memory_control=much vagrant validate --ignore-provider',
    );
    expect(code).toBe(1);
    expect(stderr.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- control_plane_count is 4, but must be a whole number from 1 to 3',
      '- worker_count is 0, but must be a whole number from 1 to 5',
      '- memory_control is much, but must be a whole number from 1024 to 1048576',
    ]);
  });
});
