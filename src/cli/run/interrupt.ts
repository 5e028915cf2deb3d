export interface Interruption {
  /** Aborted by the first Ctrl-C (or SIGTERM): tasks in flight end, nothing new begins. */
  readonly signal: AbortSignal;
  /** The same, wanted by whoever sits there. */
  quit(): void;
  release(): void;
}

export interface Interrupted {
  readonly warn: (message: string) => void;
  /** Leaves the terminal in order. */
  readonly leave: () => void;
}

/** Milliseconds after the first signal when the process ends, whatever hosts still do. */
const PATIENCE = 8000;

/** The first signal asks the run to end, a second ends the process at once. */
export function interruption({ warn, leave }: Interrupted): Interruption {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    leave();
    process.exit(99);
  };
  const onSignal = () => {
    if (controller.signal.aborted) return end();
    timer = setTimeout(end, PATIENCE);
    warn('interrupted; ending after the tasks in flight (again to end now)');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    quit: () => controller.abort(),
    release() {
      clearTimeout(timer);
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
