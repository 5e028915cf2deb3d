import type { Transport } from '../connections/transport.ts';
import { quote } from '../quote.ts';
import type { BecomeSettings, ConnectionSettings } from '../types.ts';
import { reap } from './reaper.ts';
import type { Shell } from './shell.ts';
import { startShell } from './start.ts';

/** Milliseconds between asking, forcing and giving up. */
const GRACE = 1500;

/** The open shells of a connection: one for each user, and one beside it when something has to be ended. */
export class ShellPool {
  readonly #transport: Transport;
  readonly #settings: ConnectionSettings;
  readonly #shells = new Map<string, Promise<Shell>>();

  constructor(transport: Transport, settings: ConnectionSettings) {
    this.#transport = transport;
    this.#settings = settings;
  }

  /** The shell of a user, opened when first asked for and again when it was killed. */
  async get(become: BecomeSettings | undefined): Promise<Shell> {
    const shell = await this.#open('main', become);
    shell.onStuck = (stuck, everything) => void this.#release(stuck, become, everything);
    return shell;
  }

  /** Ends all, with what they run. */
  async close(): Promise<void> {
    const shells = await Promise.all([...this.#shells.values()].map((shell) => shell.catch(() => undefined)));
    await Promise.all(shells.map((shell) => shell?.busy && shell.alive && shell.interrupt()));
    for (const shell of shells) shell?.end();
    this.#shells.clear();
  }

  async #open(role: 'main' | 'side', become: BecomeSettings | undefined): Promise<Shell> {
    const key = JSON.stringify([role, become?.method, become?.user, become?.exe, become?.flags, become?.password]);
    const known = this.#shells.get(key);
    if (known) {
      const shell = await known.catch(() => undefined);
      if (shell?.alive) return shell;
      // Another caller may have replaced it meanwhile.
      if (this.#shells.get(key) !== known) return this.#open(role, become);
    }
    const opened = startShell(this.#transport, become, this.#settings);
    this.#shells.set(key, opened);
    opened.catch(() => this.#shells.get(key) === opened && this.#shells.delete(key));
    return opened;
  }

  /** Lets a shell go on whose frame is overdue, or whose command ended while a background job holds its output. */
  async #release(stuck: Shell, become: BecomeSettings | undefined, everything: boolean): Promise<void> {
    const frame = stuck.underWay;
    // It may come to its end at any time: what runs after it is not to be ended.
    const isOver = () => stuck.underWay !== frame;
    const destroy = () => void (isOver() || stuck.destroy());
    const giveUp = setTimeout(destroy, GRACE * 3);
    try {
      const side = await this.#open('side', become);
      for (const how of everything ? (['ask', 'force'] as const) : (['cut'] as const)) {
        if (isOver()) return;
        await side.frame((sequence) => `( eval ${quote(reap(stuck.pid, how))} ) </dev/null; _e ${sequence} $?`);
        if (isOver() || (await stuck.settled(GRACE))) return;
      }
      destroy();
    } catch {
      destroy(); // no second shell: the connection is dead, or the change of user is refused now
    } finally {
      clearTimeout(giveUp);
    }
  }
}
