export interface Interruption {
  /** Aborted by the first Ctrl-C (or SIGTERM): tasks in flight end, nothing new begins. */
  readonly signal: AbortSignal;
  release(): void;
}

export interface Interrupted {
  readonly warn: (message: string) => void;
  /** Leaves the terminal in order. */
  readonly leave: () => void;
}

/** The first signal asks the run to end, a second ends the process at once. */
export function interruption({ warn, leave }: Interrupted): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      leave();
      process.exit(99);
    }
    warn('interrupted; ending after the tasks in flight (again to end now)');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
