import { Worker } from 'node:worker_threads';
import type { Crash, Work } from './worker.ts';

export interface Watching {
  /** The worker's program. */
  readonly program: string;
  readonly seed: number;
  readonly count: number;
  /** Milliseconds that one case may take. */
  readonly patience: number;
  /** Called with the number of the case, now and then. */
  readonly onProgress?: (index: number) => void;
}

/** Cases are given up after this many that went wrong. */
const ENOUGH = 10;

/** Has cases read by a worker, which is replaced when one of them does not end or takes all memory. */
export async function watch(watching: Watching): Promise<Crash[]> {
  const crashes: Crash[] = [];
  let from = 0;
  while (from < watching.count && crashes.length < ENOUGH) from = await watchFrom(from, watching, crashes);
  return crashes;
}

/** The number of the case to go on with. */
function watchFrom(from: number, watching: Watching, crashes: Crash[]): Promise<number> {
  const { program, seed, count, patience, onProgress } = watching;
  const progress = new SharedArrayBuffer(4);
  const at = new Int32Array(progress);
  Atomics.store(at, 0, from);
  const workerData: Work = { seed, from, to: count, progress };
  const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: 700 } });
  return new Promise((resolve) => {
    let [last, since] = [from, Date.now()];
    const timer = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index !== last) [last, since] = [index, Date.now()];
      onProgress?.(index);
      if (Date.now() - since > patience) stop(`it did not end within ${patience} ms`);
      else if (crashes.length >= ENOUGH) end(count);
    }, 500);
    worker.on('message', (crash: Crash) => crashes.push(crash));
    worker.on('error', (error: Error) => stop(error.stack ?? String(error)));
    worker.on('exit', () => end(count));

    function stop(problem: string): void {
      const index = Atomics.load(at, 0);
      crashes.push({ index, problem });
      end(index + 1);
    }

    function end(next: number): void {
      clearInterval(timer);
      worker.removeAllListeners();
      void worker.terminate().then(() => resolve(next));
    }
  });
}
