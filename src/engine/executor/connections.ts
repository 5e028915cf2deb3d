import { setTimeout as wait } from 'node:timers/promises';
import { TsplayError } from '../model/errors.ts';
import type { Item, Play } from '../model/playbook.ts';
import type { Scope, Value } from '../model/value.ts';
import type { LockHolder } from '../remote/host-lock.ts';
import { openConnection } from '../remote/open.ts';
import type { BecomeSettings, Connection, ConnectionSettings } from '../remote/types.ts';
import type { VarScope } from '../vars/scope.ts';
import type { ConnectionDefaults } from './context.ts';
import { flag, number, text, toBoolean, toNumber } from './keywords.ts';

/** How hosts are kept for one run. */
export interface Locking {
  readonly holder: LockHolder;
  /** Seconds to wait for another run's lock. */
  readonly patience: number;
}

/** Open connections of a run, one for each way to reach a host; opened when first needed, and locked then. */
export class ConnectionPool {
  private readonly open = new Map<string, Promise<Connection>>();
  private readonly locking: Locking | undefined;
  /** By address: the first connection to a host, which holds its lock. */
  private readonly locked = new Map<string, Promise<Connection>>();

  constructor(locking?: Locking) {
    this.locking = locking;
  }

  get(settings: ConnectionSettings): Promise<Connection> {
    const key = JSON.stringify(settings);
    const known = this.open.get(key);
    if (known) return known;
    const opening = this.openLocked(settings);
    this.open.set(key, opening);
    // A failed one is tried again by the next task that needs it.
    opening.catch(() => this.open.delete(key));
    return opening;
  }

  /** Forgets a connection that died or is to be made anew. */
  async drop(settings: ConnectionSettings): Promise<void> {
    const key = JSON.stringify(settings);
    const connection = this.open.get(key);
    this.open.delete(key);
    if (connection && this.locked.get(addressOf(settings)) === connection) this.locked.delete(addressOf(settings));
    await connection?.then((open) => open.close()).catch(() => undefined);
  }

  async close(): Promise<void> {
    const all = [...this.open.values()];
    this.open.clear();
    await this.unlockAll();
    await Promise.allSettled(all.map(async (connection) => (await connection).close()));
  }

  private async openLocked(settings: ConnectionSettings): Promise<Connection> {
    const connection = await openConnection(settings);
    const address = addressOf(settings);
    // Runs on the controller itself are everyday and many at once.
    if (!this.locking || settings.kind === 'local') return connection;
    const held = this.locked.get(address);
    if (held) return held.then(() => connection);
    const locking = lockPatiently(connection, this.locking).then(() => connection);
    this.locked.set(address, locking);
    locking.catch(() => this.locked.delete(address));
    return locking;
  }

  private async unlockAll(): Promise<void> {
    const { locking } = this;
    if (!locking) return;
    const holding = [...this.locked.values()];
    this.locked.clear();
    await Promise.allSettled(holding.map(async (connection) => (await connection).unlock(locking.holder)));
  }
}

/** Milliseconds between two looks at a lock that another run has. */
const LOOK_AGAIN = 500;

async function lockPatiently(connection: Connection, { holder, patience }: Locking): Promise<void> {
  const end = Date.now() + patience * 1000;
  for (;;) {
    try {
      return await connection.lock(holder);
    } catch (error) {
      if (Date.now() >= end) {
        await connection.close();
        throw error;
      }
      await wait(Math.min(LOOK_AGAIN, end - Date.now()));
    }
  }
}

/** What makes two connections lead to one host. */
function addressOf({ address, port }: ConnectionSettings): string {
  return `${address}:${port ?? 22}`;
}

/** How to reach a host for a task: variables first, then keywords, then the command line. */
export function connectionSettings(
  name: string,
  item: Item,
  play: Play,
  scope: Scope,
  hostScope: VarScope,
  defaults: ConnectionDefaults,
): ConnectionSettings {
  const variable = (...names: string[]) => firstText(hostScope, names);
  const kind = variable('ansible_connection') ?? text(item, play, 'connection', scope) ?? defaults.connection ?? 'ssh';
  const port = variable('ansible_port', 'ansible_ssh_port') ?? number(item, play, 'port', scope) ?? defaults.port;
  const checking = variable('ansible_host_key_checking', 'ansible_ssh_host_key_checking');
  const reached = {
    name,
    address: variable('ansible_host', 'ansible_ssh_host') ?? name,
    port: port === undefined ? undefined : portNumber(port),
    user: variable('ansible_user', 'ansible_ssh_user') ?? text(item, play, 'remote_user', scope) ?? defaults.user,
    password: variable('ansible_password', 'ansible_ssh_password', 'ansible_ssh_pass') ?? defaults.password,
    privateKeyFile: variable('ansible_private_key_file', 'ansible_ssh_private_key_file') ?? defaults.privateKeyFile,
    privateKeyPassphrase: variable('ansible_private_key_passphrase', 'ansible_ssh_private_key_passphrase'),
    sshArgs: [
      variable('ansible_ssh_args'),
      variable('ansible_ssh_common_args'),
      variable('ansible_ssh_extra_args'),
      ...defaults.sshArgs,
    ].filter((argument) => argument !== undefined && argument !== '') as string[],
    hostKeyChecking:
      checking === undefined ? defaults.hostKeyChecking : toBoolean(checking, 'ansible_host_key_checking'),
    timeout: toNumber(variable('ansible_ssh_timeout', 'ansible_timeout') ?? defaults.timeout, 'ansible_timeout'),
    shell: variable('ansible_shell_executable') ?? defaults.shell,
  };
  // Last: a variable that is not defined is a mistake, and told before a host that cannot be reached.
  const known = connectionKind(kind, name);
  return { ...reached, kind: known, directory: known === 'local' ? scope.world.playbookDir : undefined };
}

/** Who to become for a task, if anybody. */
export function becomeSettings(
  item: Item,
  play: Play,
  scope: Scope,
  hostScope: VarScope,
  defaults: ConnectionDefaults,
): BecomeSettings | undefined {
  const variable = (...names: string[]) => firstText(hostScope, names);
  const wanted = variable('ansible_become');
  const become =
    wanted === undefined ? (flag(item, play, 'become', scope) ?? defaults.become) : toBoolean(wanted, 'ansible_become');
  if (!become) return undefined;
  const method =
    variable('ansible_become_method') ?? text(item, play, 'become_method', scope) ?? defaults.becomeMethod ?? 'sudo';
  return {
    method: becomeMethod(method),
    user: variable('ansible_become_user') ?? text(item, play, 'become_user', scope) ?? defaults.becomeUser ?? 'root',
    password:
      variable(
        'ansible_become_password',
        'ansible_become_pass',
        `ansible_${shortName(method)}_pass`,
        `ansible_${shortName(method)}_password`,
      ) ?? defaults.becomePassword,
    exe: variable('ansible_become_exe') ?? text(item, play, 'become_exe', scope) ?? defaults.becomeExe,
    flags: variable('ansible_become_flags') ?? text(item, play, 'become_flags', scope) ?? defaults.becomeFlags,
  };
}

function portNumber(value: Value): number {
  const port = toNumber(value, 'ansible_port');
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new TsplayError('template', `the field 'ansible_port' has an invalid value (${port}): it is not a port`);
}

function connectionKind(kind: string, host: string): 'ssh' | 'local' {
  const short = shortName(kind);
  if (short === 'local') return 'local';
  if (short === 'ssh' || short === 'smart' || short === 'paramiko' || short === 'paramiko_ssh') return 'ssh';
  throw new TsplayError('unreachable', `the connection plugin '${kind}' of host ${host} was not found`, {
    hint: 'tsplay connects by ssh or local',
  });
}

function becomeMethod(method: string): BecomeSettings['method'] {
  const short = shortName(method);
  if (short === 'sudo' || short === 'su' || short === 'doas') return short;
  throw new TsplayError('module', `Invalid become method specified, could not find matching plugin: '${method}'`, {
    hint: 'tsplay knows sudo, su and doas',
  });
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function firstText(scope: VarScope, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value: Value | undefined = scope.said(name);
    if (value !== undefined && value !== null) return String(value);
  }
  return undefined;
}
