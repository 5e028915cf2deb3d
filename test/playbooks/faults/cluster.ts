import { setTimeout as wait } from 'node:timers/promises';
import type { TestLab } from '../../lab/on-lab.ts';
import type { JoiningSystem } from './system.ts';

/** Milliseconds that a host which was struck after its join may take to be well again. */
const PATIENCE = 90_000;

interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

interface Members {
  readonly header: { readonly cluster_id: number };
  readonly members: readonly {
    readonly peerURLs: readonly string[];
    readonly name: string;
    readonly isLearner?: true;
  }[];
}

/** What can be seen of the cluster, as tests compare it. */
export interface View {
  /** `NAME Ready`, or what is wrong with it, sorted. */
  readonly nodes: readonly string[];
  /** What each host of etcd says of the members: `NAME voter`, `NAME learner`, `unstarted`, sorted. */
  readonly members: readonly (readonly string[])[];
  /** Identities that the members give for their cluster. */
  readonly clusters: readonly number[];
}

export interface Cluster {
  /** The view once it is as expected, or the last one. */
  settled(expected: View): Promise<View>;
  view(): Promise<View>;
  /** Makes the joining host one that has never joined. */
  leave(): Promise<void>;
  /** Asks etcd until told to end; then what it saw. */
  watch(): () => Promise<Watched>;
}

/** Where the members' etcd ran on and never had more voters than they are the majority of, quorum was never lost. */
export interface Watched {
  /** The most voters that etcd ever had. */
  readonly voters: number;
  /** Whether etcd went on as the processes that it was on all members. */
  readonly ranOn: boolean;
  /** The longest time without an answer that needs a majority, in milliseconds. */
  readonly silence: number;
}

export function clusterOf(system: JoiningSystem, lab: TestLab): Cluster {
  const hosts = [...system.members, system.joining];
  const [first] = system.members;
  const addresses = () => new Map(hosts.map((host) => [`https://${lab.address(host)}:2380`, host]));

  async function membersOf(host: string): Promise<Members> {
    const { code, stdout, stderr } = await lab.ssh(host, `${system.etcdctl} member list -w json`);
    if (code !== 0) throw new Error(`${host}: ${stderr}`);
    return JSON.parse(stdout) as Members;
  }

  async function view(): Promise<View> {
    const { stdout } = await lab.ssh(first, `${system.kubectl} get nodes -o json`);
    const { items } = JSON.parse(stdout) as { items: Node[] };
    const told = await Promise.all(hosts.map(membersOf));
    const named = addresses();
    return {
      nodes: items.map(describeNode).sort(),
      members: told.map(({ members }) =>
        members
          .map(({ peerURLs: [url = ''], name, isLearner }) =>
            name === '' ? 'unstarted' : `${named.get(url) ?? url} ${isLearner ? 'learner' : 'voter'}`,
          )
          .sort(),
      ),
      clusters: [...new Set(told.map(({ header }) => header.cluster_id))],
    };
  }

  async function settled(expected: View): Promise<View> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const seen = await view().catch((error: unknown) => String(error));
      if (typeof seen !== 'string' && JSON.stringify(seen) === JSON.stringify(expected)) return seen;
      if (Date.now() > end) return typeof seen === 'string' ? Promise.reject(new Error(seen)) : seen;
      await wait(500);
    }
  }

  async function leave(): Promise<void> {
    await lab.ssh(system.joining, system.reset);
    await insist(`${system.kubectl} delete node ${system.joining} --ignore-not-found`);
    // A member that could not leave by itself would be there for good.
    await insist(
      `list=$(${system.etcdctl} member list) && {
        id=$(echo "$list" | grep -F '//${lab.address(system.joining)}:' | cut -d, -f1); [ ! "$id" ] || ${system.etcdctl} member remove $id
      }`,
    );
  }

  /** Has the first member do it; where etcd is not well again after a fault, as soon as it is. */
  async function insist(command: string): Promise<void> {
    const { code, stderr } = await lab.ssh(
      first,
      `for try in $(seq ${PATIENCE / 1000}); do ${command} && exit 0; sleep 1; done; exit 1`,
    );
    if (code !== 0) throw new Error(`${first} cannot make ${system.joining} leave: ${stderr}`);
  }

  function watch(): () => Promise<Watched> {
    const before = processes();
    const asked = lab.ssh(
      first,
      `rm -f /run/enough; silence=0; voters=0; last=$(date +%s%3N)
      while [ ! -e /run/enough ]; do
        if ${system.etcdctl} --command-timeout 2s get quorum >/dev/null 2>&1; then last=$(date +%s%3N); else now=$(date +%s%3N)
        [ $((now - last)) -gt $silence ] && silence=$((now - last)); fi
        some=$(${system.etcdctl} member list 2>/dev/null | grep -c 'false$'); [ "$some" -gt $voters ] && voters=$some; sleep 0.5
      done; echo $voters $silence`,
    );
    return async () => {
      await lab.ssh(first, 'touch /run/enough');
      const [voters = 0, silence = 0] = (await asked).stdout.split(' ').map(Number);
      return { voters, ranOn: (await before) === (await processes()), silence };
    };
  }

  /** Which processes are the etcd of the members. */
  async function processes(): Promise<string> {
    const told = await Promise.all(system.members.map((host) => lab.ssh(host, 'pgrep -x etcd')));
    for (const { code, stderr } of told) if (code !== 0) throw new Error(`no etcd runs: ${stderr}`);
    return told.map(({ stdout }) => stdout).join();
  }

  return { view, settled, leave, watch };
}

function describeNode({ metadata, status }: Node): string {
  const ready = status.conditions.find(({ type }) => type === 'Ready')?.status === 'True';
  return `${metadata.name} ${ready ? 'Ready' : 'NotReady'}`;
}
