/** A piece of shell made by the one quoter (`sh` in remote/quote.ts); nothing else may be run on a host. */
export class Script {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** How a script ended. Streams are bytes: decoding is the module's. */
export interface Completed {
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Ended by the task's time limit. */
  readonly timedOut?: boolean;
  /** Bytes were dropped since the output went past the limit. */
  readonly truncated?: boolean;
}
