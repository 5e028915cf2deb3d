import { unreachable } from './errors.ts';

/** sshd's default for MaxSessions. */
const SESSIONS = 10;

/** Keeps the channels of one connection within what the server allows; the others wait for one to end. */
export class Slots {
  #limit = SESSIONS;
  #used = 0;
  readonly #waiting: (() => void)[] = [];

  /** Opens when there is room. A server that allows less than usual is believed. */
  async take<T>(open: () => Promise<T>, failure: () => Error | undefined): Promise<T> {
    for (;;) {
      const dead = failure();
      if (dead) throw dead;
      if (this.#used >= this.#limit) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
        continue;
      }
      this.#used += 1;
      try {
        return await open();
      } catch (cause) {
        this.free();
        const refused = /open failure|open failed/i.test((cause as Error).message);
        if (!refused || this.#used === 0)
          throw failure() ?? unreachable(`no session: ${(cause as Error).message}`, { cause });
        this.#limit = this.#used;
      }
    }
  }

  free(): void {
    this.#used -= 1;
    this.#waiting.shift()?.();
  }
}
