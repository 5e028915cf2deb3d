/** Where lines go; the CLI gives the process's own streams. */
export interface Sink {
  out(text: string): void;
  err(text: string): void;
  /** Columns of the terminal now, or undefined where there is none. */
  readonly columns: number | undefined;
  readonly rows?: number | undefined;
  /** How many colours it shows, as chalk counts: none (as if absent), 16, 256, all. */
  readonly colors?: 0 | 1 | 2 | 3;
  /** It can show more than ASCII; yes if absent. */
  readonly unicode?: boolean;
}

/** Lines at the end of the terminal that are drawn again and again, below whatever is written meanwhile. */
export interface Live {
  /** Draws what `lines` gives, from time to time; nothing while it gives nothing. */
  start(lines: () => readonly string[]): void;
  pause(): void;
  resume(): void;
  /** Takes them away for good; may be called more than once. */
  stop(): void;
}
