import type { ChildProcess } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { describeOnLab, run } from '../lab/on-lab.ts';
import { tsplay } from '../lab/tsplay.ts';
import { type FaultyRun, type Moment, runWithFault } from './faulty-run.ts';

const PLAYBOOK = 'playbooks/k3s-cluster.yml';
const JOIN = 'Join the other servers, one at a time';
const [JOINING, ...MEMBERS] = ['server-3', 'server-1', 'server-2'] as const;
const HOSTS = [...MEMBERS, JOINING];
/** `all`: each kind before and after each task, by `scripts/faults`; else so many, spread over the join. */
const FAULTS = process.env['TSPLAY_FAULTS'] ?? '3';
/** Milliseconds for one join, its fault and what follows. */
const EACH = 240_000;
/** Milliseconds; the longest that a new leader may take to be elected. */
const ELECTION = 15_000;

describeOnLab('a k3s server that is struck while it joins', { hosts: HOSTS }, (lab) => {
  const inventories = () => ['-i', 'inventories/k3s/hosts.yml', '-i', lab.inventory];
  const alive = '-oServerAliveInterval=1 -oServerAliveCountMax=5 -oConnectTimeout=10';
  const options = () => [
    ...inventories(),
    ...['-e', '@test/stand-ins/k3s/vars.yml', '-e', `{"ansible_ssh_extra_args": "${alive}"}`],
  ];
  const kubectl = (command: string) => lab.ssh(MEMBERS[0], `k3s kubectl ${command}`);
  const etcdctl = (command: string, output = 'simple') =>
    `/usr/lib/stand-ins/bin/etcdctl --endpoints https://127.0.0.1:2379 --command-timeout 2s -w ${output} ` +
    '--cacert /var/lib/rancher/k3s/server/tls/etcd/server-ca.crt ' +
    `--cert /var/lib/rancher/k3s/server/tls/etcd/client.crt --key /var/lib/rancher/k3s/server/tls/etcd/client.key ${command}`;

  const KINDS: Readonly<Record<string, { strike(controller: ChildProcess): Promise<void>; mend(): Promise<void> }>> = {
    controller: {
      strike: async (controller) => void controller.kill('SIGKILL'),
      mend: async () => {},
    },
    'joining host': { strike: () => lab.kill(JOINING), mend: () => lab.boot(JOINING) },
    network: { strike: () => lab.cut(JOINING), mend: () => lab.mend(JOINING) },
  };

  /** Asks etcd all the time; the longest silence in milliseconds, once it is told to end. */
  const WATCH = `rm -f /run/enough; worst=0; last=$(date +%s%3N)
    while [ ! -e /run/enough ]; do
      if ${etcdctl('get quorum')} >/dev/null 2>&1; then last=$(date +%s%3N); else now=$(date +%s%3N)
      [ $((now - last)) -gt $worst ] && worst=$((now - last)); fi; sleep 0.2
    done; echo $worst`;

  const join = (moment?: Moment, strike?: (controller: ChildProcess) => Promise<void>) =>
    runWithFault(['run', PLAYBOOK, ...options(), '-l', JOINING], moment, strike);

  async function leave(): Promise<void> {
    await kubectl(`delete node ${JOINING}`);
    await lab.ssh(JOINING, 'k3s-uninstall.sh; k3s-killall.sh');
  }

  beforeAll(async () => {
    const answers = [
      await tsplay('run', 'test/stand-ins/k3s/install.yml', ...options(), '-l', HOSTS.join()),
      await tsplay('run', PLAYBOOK, ...options(), '-l', MEMBERS.join()),
    ];
    for (const { code, stdout, stderr } of answers) if (code !== 0) throw new Error(stdout + stderr);
  }, EACH * 2);

  let whole: FaultyRun;
  const outputs: string[] = [];
  const seed = Date.now() % 1_000_000;

  test(
    'joins when nothing happens',
    async () => {
      whole = await join({ play: JOIN, host: JOINING, task: -1, when: 'before' });
      outputs.push(whole.output);
      expect(whole).toMatchObject({ code: 0, tasks: expect.any(Number) });
      expect(whole.tasks).toBeGreaterThan(10);
      await isWhole();
    },
    EACH,
  );

  const some = Object.keys(KINDS).length;
  const count = FAULTS === 'all' ? some : Number(FAULTS);
  test.each(Array.from({ length: count }, (_, index) => [index, Object.keys(KINDS)[index % some]!] as const))(
    `fault %i at random (seed ${seed}), %s: a resume makes the cluster whole, and quorum was never lost`,
    async (index, kind) => {
      const { strike, mend } = KINDS[kind]!;
      const tasks = FAULTS === 'all' ? Array.from({ length: whole.tasks }, (_, task) => task) : [pick(index)];
      const when = FAULTS === 'all' ? (['before', 'after'] as const) : ([index % 2 ? 'after' : 'before'] as const);
      for (const task of tasks) for (const moment of when) await struck({ task, when: moment }, strike, mend);
    },
    FAULTS === 'all' ? EACH * 200 : EACH,
  );

  /** Spread over the join, another one each time that the tests run. */
  function pick(index: number): number {
    return Math.floor((((index + 1) * 0.618 + seed / 1_000_000) % 1) * whole.tasks);
  }

  async function struck(
    at: Pick<Moment, 'task' | 'when'>,
    strike: (controller: ChildProcess) => Promise<void>,
    mend: () => Promise<void>,
  ): Promise<void> {
    await leave();
    const watch = lab.ssh(MEMBERS[0], WATCH);
    const first = await join({ play: JOIN, host: JOINING, ...at }, strike);
    await mend();
    const resumed = first.code === 0 ? undefined : await tsplay('resume', '--assume', 'redo');
    await lab.ssh(MEMBERS[0], 'touch /run/enough');
    outputs.push(first.output, resumed ? resumed.stdout + resumed.stderr : '');
    if (resumed && resumed.code !== 0) throw new Error(`${JSON.stringify(at)}: ${resumed.stdout}${resumed.stderr}`);
    expect(Number((await watch).stdout)).toBeLessThan(ELECTION);
    await isWhole();
  }

  /** One cluster, of which all are Ready and voters. */
  async function isWhole(): Promise<void> {
    const nodes = JSON.parse((await kubectl('get nodes -o json')).stdout) as {
      items: { metadata: { name: string }; status: { conditions: { type: string; status: string }[] } }[];
    };
    const conditions = nodes.items.map(({ metadata, status }) => [
      metadata.name,
      ...['Ready', 'EtcdIsVoter'].map((type) => status.conditions.find((one) => one.type === type)?.status),
    ]);
    expect(conditions.sort()).toEqual(HOSTS.map((host) => [host, 'True', 'True']));
    const clusters = await Promise.all(HOSTS.map((host) => lab.ssh(host, etcdctl('member list', 'json'))));
    const told = clusters.map(
      ({ stdout }) => JSON.parse(stdout) as { header: { cluster_id: number }; members: unknown[] },
    );
    expect(told.map(({ members }) => members.length)).toEqual([3, 3, 3]);
    expect(new Set(told.map(({ header }) => header.cluster_id)).size).toBe(1);
  }

  test(
    'no secret is found where it does not belong: output, journal, logs, processes, files',
    async () => {
      const { stdout } = await lab.ssh(MEMBERS[0], 'cat /var/lib/rancher/k3s/server/token');
      const password = stdout.trim().split(':').at(-1)!;
      expect(password.length).toBeGreaterThan(8);
      for (const output of outputs) expect(output).not.toContain(password);
      const state = process.env['TSPLAY_STATE_DIR']!;
      expect(await run('grep', ['-rlF', password, state])).toMatchObject({ code: 1, stdout: '' });
      // The word that is looked for stands in no command line of the search.
      const search = `umask 077; cat >/run/canary; find / -xdev -type f -perm /044 -not -path '/proc/*' -print0 | xargs -0 grep -lF -f /run/canary
      grep -rlF -f /run/canary /tmp /var/tmp /root /home /var/log; grep -lF -f /run/canary /proc/[0-9]*/cmdline
      journalctl -q | grep -cF -f /run/canary; rm /run/canary`;
      for (const host of HOSTS)
        expect({ host, found: (await lab.ssh(host, search, { input: `${password}\n` })).stdout }).toEqual({
          host,
          found: '0\n',
        });
    },
    EACH,
  );
});
