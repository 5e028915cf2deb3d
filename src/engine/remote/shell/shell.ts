import { randomBytes } from 'node:crypto';
import { TsplayError } from '../../model/errors.ts';
import type { Completed } from '../../model/script.ts';
import type { Pipe } from '../connections/transport.ts';
import { MarkerReader } from './markers.ts';
import { prelude } from './prelude.ts';
import { Sink } from './sink.ts';

/** Bytes of output kept for one stream of one frame. */
export const OUTPUT_LIMIT = 32 * 1024 * 1024;

/** Milliseconds without output after which a finished command's background jobs are no longer waited for. */
const QUIET = 1000;

/** Milliseconds after which they are not waited for even if they go on printing. */
const PATIENCE = 5000;

export interface FrameOptions {
  /** Bytes kept of each stream. */
  readonly limit?: number | undefined;
  /** Milliseconds until `onOverdue`. */
  readonly timeout?: number | undefined;
}

interface Frame {
  readonly sequence: number;
  readonly out: Sink;
  readonly err: Sink;
  readonly resolve: (completed: Completed) => void;
  readonly reject: (error: unknown) => void;
  rc: number;
  /** Streams whose closing marker has not come. */
  open: number;
  /** When the command itself ended, though something may still hold its output. */
  exitedAt: number | undefined;
  timedOut: boolean;
  /** What holds its output is being cut off. */
  released: boolean;
  timer: NodeJS.Timeout | undefined;
  /** Told when it is answered or given up. */
  readonly onDone: (() => void)[];
}

/**
 * One `sh` that stays open and answers frames in order. A frame is shell text that ends with a call of `_e` (or `_r`
 * and `_e`); many may be under way. Frames of one tick travel in one packet.
 */
export class Shell {
  readonly #pipe: Pipe;
  readonly #failure: () => Error | undefined;
  readonly #frames: { out: Frame[]; err: Frame[] } = { out: [], err: [] };
  #sequence = 0;
  #unsent: string[] = [];
  #dead: Error | undefined;
  /** Ends what the frame under way runs, from another shell. */
  onStuck: ((shell: Shell, everything: boolean) => void) | undefined;
  /** What was printed before a shell that never answered ended. */
  noise = '';
  /** Process id on the host, known once the shell answered. */
  pid = 0;
  /** Settles when the shell answered for the first time. */
  readonly ready: Promise<void>;

  /** `interpreter` runs the user's commands; `failure` says why the connection is dead, if it is. */
  constructor(pipe: Pipe, interpreter: string, failure: () => Error | undefined) {
    this.#pipe = pipe;
    this.#failure = failure;
    const nonce = randomBytes(16).toString('hex');
    const out = new MarkerReader(
      nonce,
      (chunk) => this.#data('out', chunk),
      (text) => this.#marker('out', text),
    );
    const err = new MarkerReader(
      nonce,
      (chunk) => this.#data('err', chunk),
      (text) => this.#marker('err', text),
    );
    // They stand still if somebody read from them before (a prompt for a password).
    pipe.stdout.on('data', (chunk: Buffer) => out.push(chunk)).resume();
    pipe.stderr.on('data', (chunk: Buffer) => err.push(chunk)).resume();
    void pipe.closed.then(() => this.#fail());
    // What a profile prints comes before the first marker and is dropped with this frame.
    this.#unsent.push(prelude(nonce, interpreter));
    this.ready = this.frame((sequence) => `_e ${sequence} $$`, { limit: 4096 }).then(({ rc }) => {
      this.pid = rc;
    });
    this.ready.catch(() => {});
  }

  get alive(): boolean {
    return this.#dead === undefined;
  }

  get busy(): boolean {
    return this.#frames.out.length > 0 || this.#frames.err.length > 0;
  }

  /** Runs the text that `build` makes for a sequence number. Rejects with TsplayError if the shell ends before it answered. */
  frame(build: (sequence: number) => string, options: FrameOptions = {}): Promise<Completed> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      const limit = options.limit ?? OUTPUT_LIMIT;
      const frame: Frame = {
        sequence: this.#sequence++,
        out: new Sink(limit),
        err: new Sink(limit),
        resolve,
        reject,
        rc: 0,
        open: 2,
        exitedAt: undefined,
        timedOut: false,
        released: false,
        timer: undefined,
        onDone: [],
      };
      if (options.timeout !== undefined) frame.timer = setTimeout(() => this.#overdue(frame), options.timeout);
      this.#frames.out.push(frame);
      this.#frames.err.push(frame);
      if (this.#unsent.length < 2) queueMicrotask(() => this.#flush());
      this.#unsent.push(build(frame.sequence), '\n');
    });
  }

  /** Which frame is to be answered next, if any is. */
  get underWay(): number | undefined {
    return (this.#frames.out[0] ?? this.#frames.err[0])?.sequence;
  }

  /** True once the frame under way is answered; false after so many milliseconds. */
  settled(milliseconds: number): Promise<boolean> {
    const frame = this.#frames.out[0] ?? this.#frames.err[0];
    if (!frame) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      frame.onDone.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /** Ends what is under way as if its time were over. */
  async interrupt(): Promise<void> {
    const frame = this.#frames.out[0] ?? this.#frames.err[0];
    if (!frame) return;
    this.#overdue(frame);
    await new Promise<void>((resolve) => frame.onDone.push(resolve));
  }

  /** Lets the shell end after what is under way. */
  end(): void {
    this.#flush();
    this.#pipe.stdin.end();
  }

  /** Gives it up at once: all that is under way rejects. */
  destroy(): void {
    this.#fail();
    this.#pipe.destroy();
  }

  #flush(): void {
    if (this.#unsent.length === 0 || this.#dead) return;
    const text = this.#unsent.join('');
    this.#unsent = [];
    this.#pipe.stdin.write(text);
  }

  #data(stream: 'out' | 'err', chunk: Buffer): void {
    const frame = this.#frames[stream][0];
    if (!frame) return; // nobody asked: a job that a module's script left behind
    frame[stream].push(chunk);
    if (frame.exitedAt !== undefined) this.#waitForQuiet(frame);
  }

  #marker(stream: 'out' | 'err', text: string): void {
    const [sequence, kind, value] = text.split(':');
    const frame = this.#frames[stream][0];
    if (!frame || Number(sequence) !== frame.sequence) return;
    if (kind === 'x') {
      frame.rc = Number(value);
      frame.exitedAt = Date.now();
      this.#waitForQuiet(frame);
      return;
    }
    this.#frames[stream].shift();
    if (stream === 'out' && frame.exitedAt === undefined) frame.rc = Number(value);
    frame.open -= 1;
    if (frame.open === 0) this.#complete(frame);
  }

  #complete(frame: Frame): void {
    this.#close(frame);
    frame.resolve({
      rc: frame.rc,
      stdout: frame.out.bytes(),
      stderr: frame.err.bytes(),
      ...(frame.timedOut && { timedOut: true }),
      ...((frame.out.truncated || frame.err.truncated) && { truncated: true }),
    });
  }

  #close(frame: Frame): void {
    clearTimeout(frame.timer);
    for (const tell of frame.onDone) tell();
  }

  #waitForQuiet(frame: Frame): void {
    if (frame.timedOut || frame.released) return;
    clearTimeout(frame.timer);
    const left = (frame.exitedAt ?? 0) + PATIENCE - Date.now();
    const release = () => {
      frame.released = true;
      this.onStuck?.(this, false);
    };
    frame.timer = setTimeout(release, Math.max(0, Math.min(QUIET, left)));
  }

  #overdue(frame: Frame): void {
    frame.timedOut = true;
    this.onStuck?.(this, true);
  }

  #fail(): void {
    if (this.#dead) return;
    this.#dead = this.#failure() ?? new TsplayError('module', 'the remote shell ended before it answered');
    const { out, err } = this.#frames;
    for (const frame of new Set([...out, ...err])) {
      if (frame.sequence === 0) this.noise = Buffer.concat([frame.err.bytes(), frame.out.bytes()]).toString();
      // A command that has ended, or was ended by us, has a result even if its shell went down with it.
      if (frame.exitedAt !== undefined || frame.timedOut) this.#complete(frame);
      else {
        this.#close(frame);
        frame.reject(this.#dead);
      }
    }
    this.#frames.out = [];
    this.#frames.err = [];
  }
}
