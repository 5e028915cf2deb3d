/** Where lines go; the CLI gives the process's own streams. */
export interface Sink {
  out(text: string): void;
  err(text: string): void;
  /** Columns of the terminal, or undefined where there is none. */
  readonly columns: number | undefined;
}
