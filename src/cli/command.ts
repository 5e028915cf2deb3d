/** What a subcommand's file exports. */
export interface Command {
  readonly summary: string;
  /** Text of `tsplay COMMAND --help`. */
  help(): string;
  /** Exit code. Throws TsplayError for what the user is to be told. */
  run(args: readonly string[]): Promise<number>;
}
