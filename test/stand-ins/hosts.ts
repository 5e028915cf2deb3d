import { resolve } from 'node:path';
import type { TestLab } from '../lab/on-lab.ts';
import { type Answer, run } from '../lab/run.ts';

const SOURCE = resolve(import.meta.dirname);

/**
 * Installs the packages of the first version on hosts of a lab, and what kubeadm's preflight checks ask for; the
 * repository in /opt/repository has the other versions too.
 */
export async function installKubernetes(lab: TestLab, hosts: readonly string[], ...versions: string[]): Promise<void> {
  const archive = await run('sh', ['-c', 'tar c -C "$1" cluster kubernetes | base64', 'sh', SOURCE]);
  const packages = `/opt/repository/kubernetes-stand-in_*.deb /opt/repository/*_${versions[0]}-*.deb`;
  const install = [
    'mkdir /opt/s && base64 -d | tar x -C /opt/s',
    `/opt/s/kubernetes/build /opt/repository 1.1 ${versions.join(' ')}`,
    `apt-get -qq -o DPkg::Use-Pty=0 install -y ${packages}`,
    'systemctl -q enable kubelet && sysctl -qw net.ipv4.ip_forward=1',
    'mkdir -p /run/containerd /etc/stand-in && touch /run/containerd/containerd.sock',
  ].join(' && ');
  const answers = await Promise.all(hosts.map((host) => lab.ssh(host, install, { input: archive.stdout })));
  const failed = answers.find(({ code }) => code !== 0);
  if (failed) throw new Error(failed.stderr);
}

/** How hosts join the cluster that `first` began; each call makes a token and a certificate key of its own. */
export class Joining {
  readonly #lab: TestLab;
  readonly #first: string;

  constructor(lab: TestLab, first: string) {
    this.#lab = lab;
    this.#first = first;
  }

  init(...flags: string[]): Promise<Answer> {
    const endpoint = `--control-plane-endpoint ${this.#lab.address(this.#first)}:6443`;
    const network = 'kubectl --kubeconfig /etc/kubernetes/admin.conf apply -f /opt/s/kubernetes/network.yml';
    return this.#lab.ssh(this.#first, `kubeadm init ${endpoint} ${flags.join(' ')} && ${network}`);
  }

  /** The command line of a worker, once its token can be joined with: when the controllers have signed with it. */
  async worker(): Promise<string> {
    const line = (await this.#lab.ssh(this.#first, 'kubeadm token create --ttl 1h --print-join-command')).stdout.trim();
    const [, token] = line.match(/--token (\w+)\./)!;
    const information =
      'kubectl --kubeconfig /etc/kubernetes/admin.conf get configmap cluster-info -n kube-public -o yaml';
    await this.#lab.ssh(this.#first, `until ${information} | grep -q jws-kubeconfig-${token}; do :; done`);
    return line;
  }

  /** The command line of a control plane. */
  async controlPlane(): Promise<string> {
    const uploaded = await this.#lab.ssh(this.#first, 'kubeadm init phase upload-certs --upload-certs');
    const key = uploaded.stdout.trim().split('\n').at(-1);
    return `${await this.worker()} --control-plane --certificate-key ${key}`;
  }

  kubectl(command: string, host = this.#first): Promise<Answer> {
    return this.#lab.ssh(host, `kubectl --kubeconfig /etc/kubernetes/admin.conf ${command}`);
  }

  /** What the real etcdctl says on a host, of the member there. */
  etcdctl(command: string, host = this.#first): Promise<Answer> {
    const pki = '/etc/kubernetes/pki/etcd';
    const access = `--cacert ${pki}/ca.crt --cert ${pki}/server.crt --key ${pki}/server.key`;
    return this.#lab.ssh(host, `/usr/lib/stand-ins/bin/etcdctl ${access} ${command}`);
  }

  /** Names of the voting members, and of learners with a star; one that never started is called `-`. */
  async members(host = this.#first): Promise<string[]> {
    const { stdout } = await this.etcdctl('member list', host);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(', '));
    return rows.map(([, , name, , , learner]) => `${name || '-'}${learner === 'true' ? '*' : ''}`).sort();
  }
}
