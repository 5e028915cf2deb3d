// A host of the configuration, over the ssh of this machine; commands run as root.
import { spawn } from 'node:child_process';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf } from './config.mjs';
import { Failure, info } from './log.mjs';

export class Host {
  constructor(description) {
    this.given = description;
    this.role = description.role;
    this.name = nameOf(description);
    this.isController = description.role !== 'worker';
    this.service = this.isController ? 'k0scontroller' : 'k0sworker';
    this.address = description.privateAddress ?? description.ssh.address;
    /** What was found out: hostname, version of the binary and of what runs, whether the node is Ready. */
    this.facts = {};
  }

  say(message) {
    info(`${this.name}: ${message}`);
  }

  /** Output of a command line that must succeed. */
  async run(command, input) {
    const { code, stdout, stderr } = await this.attempt(command, input);
    if (code !== 0)
      throw new Failure(`${this.name}: command failed: ${(stderr || stdout).trim() || `exit status ${code}`}`);
    return stdout;
  }

  /** The end of a command line, whatever it is. */
  attempt(command, input = '') {
    const { address, user = 'root', port = 22, keyPath } = this.given.ssh;
    const known = process.env.SSH_KNOWN_HOSTS || join(homedir(), '.ssh/known_hosts');
    const options = [
      'BatchMode=yes',
      'StrictHostKeyChecking=accept-new',
      `UserKnownHostsFile=${known}`,
      'LogLevel=ERROR',
      'ControlMaster=auto',
      'ControlPersist=20',
      `ControlPath=${join(tmpdir(), `k0sctl-${process.pid}-%C`)}`,
    ].flatMap((option) => ['-o', option]);
    const key = keyPath ? ['-i', keyPath.replace(/^~/, homedir())] : [];
    const root = user === 'root' ? command : `sudo -n sh -c ${quote(command)}`;
    return spawned('ssh', [...options, ...key, '-p', String(port), `${user}@${address}`, root], input);
  }

  async has(path) {
    return (await this.attempt(`test -e ${quote(path)}`)).code === 0;
  }

  write(path, text, mode = '600') {
    return this.run(
      `umask 077; mkdir -p "$(dirname ${path})"; cat >${path}.k0sctl && chmod ${mode} ${path}.k0sctl && mv ${path}.k0sctl ${path}`,
      text,
    );
  }

  k0s(command) {
    return this.run(`/usr/local/bin/k0s ${command}`);
  }

  kubectl(command) {
    const kubeconfig = this.isController ? '/var/lib/k0s/pki/admin.conf' : '/var/lib/k0s/kubelet.conf';
    return this.run(`env "KUBECONFIG=${kubeconfig}" /usr/local/bin/k0s kubectl ${command}`);
  }
}

export function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function spawned(program, args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Tries until it succeeds, for at most two minutes. */
export async function retry(attempt) {
  const end = Date.now() + 120_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
