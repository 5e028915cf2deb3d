import ora, { type Ora } from 'ora';
import type { Live } from '../../engine/output/sink.ts';

/** Milliseconds between two looks at what goes on; quicker tasks pass without a flicker. */
const INTERVAL = 120;

/** Progress with ora, which keeps it below whatever else is written and hides the cursor meanwhile. */
export class SpinnerLines implements Live {
  // Standard input belongs to the questions that a play may ask.
  private readonly spinner: Ora = ora({ discardStdin: false, interval: INTERVAL });
  private lines: (() => readonly string[]) | undefined;
  private timer: NodeJS.Timeout | undefined;

  start(lines: () => readonly string[]): void {
    this.lines = lines;
    this.resume();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.spinner.isSpinning) this.spinner.stop();
  }

  resume(): void {
    if (!this.lines || this.timer) return;
    this.timer = setInterval(() => this.update(), INTERVAL);
    this.timer.unref();
  }

  stop(): void {
    this.lines = undefined;
    this.pause();
  }

  private update(): void {
    const text = this.lines?.().join('\n') ?? '';
    if (text === '') {
      if (this.spinner.isSpinning) this.spinner.stop();
      return;
    }
    this.spinner.text = text;
    if (!this.spinner.isSpinning) this.spinner.start();
  }
}
