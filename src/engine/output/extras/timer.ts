import type { Event } from '../../model/event.ts';
import type { Sink } from '../sink.ts';

/** At the end: how long the run took, as the callback `timer` says it. */
export class Timer {
  private readonly sink: Sink;
  private started = 0;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  handle(event: Event): void {
    if (event.type === 'run-start') this.started = event.time;
    if (event.type !== 'run-end') return;
    const seconds = Math.floor((event.time - this.started) / 1000);
    const parts = [
      Math.floor(seconds / 86_400),
      Math.floor(seconds / 3600) % 24,
      Math.floor(seconds / 60) % 60,
      seconds % 60,
    ];
    this.sink.out(`Playbook run took ${parts[0]} days, ${parts[1]} hours, ${parts[2]} minutes, ${parts[3]} seconds\n`);
  }
}
