import { join } from 'node:path';
import { loginKeyFile, sshOptions } from '../../src/lab/keys.ts';
import { type Lab, requireHost } from '../../src/lab/state.ts';
import { type Answer, run } from './run.ts';

/** Options of all ssh; a host without power does not answer for minutes. */
const SETTINGS = ['LogLevel=ERROR', 'BatchMode=yes', 'ConnectTimeout=20'];
/** Of a connection that stays: one whose host booted anew without our doing is noticed within a minute. */
const STAYING = ['ControlMaster=yes', 'ControlPersist=yes', 'ServerAliveInterval=15', 'ServerAliveCountMax=4'];

/** Connections to the hosts of a lab that stay open, since a login takes longer than most of what is asked there. */
export class Connections {
  readonly #opened = new Map<string, Promise<Answer>>();

  /** Runs a command line on a host; over a connection of its own where none can stay open. */
  async run(lab: Lab, host: string, user: string, command: string, input: string): Promise<Answer> {
    const { address } = requireHost(lab, host);
    const target = `${user}@${address}`;
    const socket = ['-S', join(lab.folder, `ssh-${target}`)];
    const options = [...sshOptions(lab), ...asOptions(SETTINGS), ...socket, '-i', loginKeyFile(lab)];
    const opened = this.#opened.get(target) ?? run('ssh', [...options, ...asOptions(STAYING), '-fN', target]);
    this.#opened.set(target, opened);
    if ((await opened).code !== 0) this.#opened.delete(target);
    return run('ssh', [...options, target, command], input);
  }

  /** Ends those to hosts that are about to go; all of the lab's if none are named. */
  async close(lab: Lab, hosts: readonly string[]): Promise<void> {
    const chosen = hosts.length === 0 ? lab.hosts.map(({ name }) => name) : hosts;
    const addresses = chosen.map((host) => requireHost(lab, host).address);
    const targets = [...this.#opened.keys()].filter((target) => addresses.includes(target.split('@')[1] ?? ''));
    for (const target of targets) {
      this.#opened.delete(target);
      await run('ssh', ['-S', join(lab.folder, `ssh-${target}`), '-O', 'exit', target]);
    }
  }
}

function asOptions(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ['-o', setting]);
}
