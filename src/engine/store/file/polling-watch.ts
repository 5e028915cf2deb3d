import { setTimeout as wait } from 'node:timers/promises';
import type { Watch } from '../types.ts';

/** Milliseconds between two looks. */
const PAUSE = 300;

/** Looks again and again: notices of the kernel do not come from folders of other machines. */
export class PollingWatch implements Watch {
  private readonly look: () => string;
  private seen: string;

  /** `look` gives another text whenever something changed. */
  constructor(look: () => string) {
    this.look = look;
    this.seen = look();
  }

  async changed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.look();
      if (now !== this.seen) {
        this.seen = now;
        return;
      }
      await wait(PAUSE, undefined, { signal }).catch(() => undefined);
    }
  }

  close(): void {}
}
