export interface Interruption {
  /** Aborted by the first Ctrl-C (or SIGTERM): tasks in flight end, nothing new begins. */
  readonly signal: AbortSignal;
  release(): void;
}

/** The first signal asks the run to end, a second ends the process at once. */
export function interruption(): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(99);
    process.stderr.write('\n[WARNING]: interrupted; ending after the tasks in flight (again to end now)\n');
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
